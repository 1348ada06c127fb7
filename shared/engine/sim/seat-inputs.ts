/** The held seats and what each wanted last, against which the next frame is delta-coded (R3). */
import { BitReader, BitWriter } from "../bytes/bits.ts";
import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import { type InputCodec, inputCodecOf } from "../codec/input-codec.ts";
import { type CommandKind, commandsOf } from "../game/command-table.ts";
import type { Game, Seat } from "../game/game.ts";
import type { Plain } from "../layout/plain.ts";
import type { Frame } from "./frame.ts";

export class SeatInputs<I> {
  readonly codec: InputCodec<Plain<I>>;
  /** What may be given besides; empty for a game without commands. */
  readonly commands: readonly CommandKind[];
  /** All fields zero; what a seat nobody holds wants. Never written to. */
  readonly neutral: Plain<I>;
  /** How many seats there are. */
  readonly count: number;
  readonly #held: boolean[];
  readonly #inputs: Plain<I>[];

  constructor(game: Game<I, unknown>) {
    this.codec = inputCodecOf(game.input);
    this.commands = commandsOf(game);
    this.neutral = this.codec.create();
    Object.freeze(this.neutral);
    this.count = game.seats.max;
    this.#held = new Array<boolean>(this.count).fill(false);
    this.#inputs = Array.from({ length: this.count }, () => this.codec.create());
  }

  isHeld(seat: Seat): boolean {
    return this.#held[seat] === true;
  }

  /** What the seat wanted last; the neutral input when nobody holds it or there is no such seat. */
  input(seat: Seat): Plain<I> {
    return this.#held[seat] === true ? this.#inputs[seat]! : this.neutral;
  }

  /** Ends the holding of a seat. */
  leave(seat: Seat): void {
    this.#held[seat] = false;
  }

  /** Starts the holding of a seat, with a neutral input. */
  join(seat: Seat): void {
    this.#held[seat] = true;
    this.codec.copy(this.neutral, this.#inputs[seat]!);
  }

  /** Takes over the inputs of a frame whose leaves and joins were applied already. */
  take(frame: Frame<Plain<I>>): void {
    for (let seat = 0; seat < this.count; seat++)
      if (this.#held[seat]) this.codec.copy(frame.inputs[seat]!, this.#inputs[seat]!);
  }

  copyFrom(other: SeatInputs<I>): void {
    for (let seat = 0; seat < this.count; seat++) {
      this.#held[seat] = other.#held[seat]!;
      this.codec.copy(other.#inputs[seat]!, this.#inputs[seat]!);
    }
  }

  /** One bit a seat (held), followed for a held seat by its input as a delta to the neutral one; padded to bytes. */
  encode(out: ByteWriter): void {
    const bits = new BitWriter(out);
    for (let seat = 0; seat < this.count; seat++) {
      bits.bits(this.#held[seat] ? 1 : 0, 1);
      if (this.#held[seat]) this.codec.writeDelta(this.neutral, this.#inputs[seat]!, bits);
    }
    bits.flush();
  }

  /** Reverse of `encode`; fails `input` when malformed. */
  decode(input: ByteReader): void {
    const bits = new BitReader(input);
    for (let seat = 0; seat < this.count; seat++) {
      this.#held[seat] = bits.bits(1) === 1;
      if (this.#held[seat]) this.codec.readDelta(this.neutral, this.#inputs[seat]!, bits);
    }
    bits.align();
  }
}
