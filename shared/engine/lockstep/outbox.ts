/** The outbox: messages of the client that wait to be taken; the runtime returns work, it never calls out (R12). */
import { type InputCodec, inputCodecOf } from "../codec/input-codec.ts";
import type { Game } from "../game/game.ts";
import type { Plain } from "../layout/plain.ts";
import type { Parcel } from "../protocol/parcel.ts";
import type { Plane } from "../protocol/plane.ts";
import { type Riders, Up, UpEncoder } from "../protocol/up.ts";

/** One message to send: a type of `Up` and its bytes. */
export interface Outgoing {
  readonly type: number;
  readonly bytes: Uint8Array;
}

export class Outbox<I> {
  readonly codec: InputCodec<Plain<I>>;
  readonly #encoder: UpEncoder<Plain<I>>;
  #waiting: Outgoing[] = [];

  constructor(game: Game<I, unknown>) {
    this.codec = inputCodecOf(game.input, `${game.name}.input`);
    this.#encoder = new UpEncoder(this.codec);
  }

  ready(nextTick: number): void {
    this.#put(Up.ready, this.#encoder.ready(nextTick));
  }

  input(tick: number, confirmedTick: number, input: Plain<I>, riders: Riders): void {
    this.#put(Up.input, this.#encoder.input(tick, confirmedTick, input, riders));
  }

  ping(echo: number): void {
    this.#put(Up.ping, this.#encoder.ping(echo));
  }

  hash(tick: number, digest: number): void {
    this.#put(Up.hash, this.#encoder.hash(tick, digest));
  }

  trail(firstTick: number, hashes: readonly number[]): void {
    this.#put(Up.trail, this.#encoder.trail(firstTick, hashes));
  }

  state(tick: number, again: number | undefined, parcel: Parcel): void {
    for (const bytes of this.#encoder.state(tick, again, parcel)) this.#put(Up.state, bytes);
  }

  plane(plane: Plane): void {
    this.#put(Up.plane, this.#encoder.plane(plane));
  }

  pause(isWanted: boolean): void {
    this.#put(Up.pause, this.#encoder.pause(isWanted));
  }

  /** @param bytes of its kind and fields. */
  command(number: number, tick: number, bytes: Uint8Array): void {
    this.#put(Up.command, this.#encoder.command(number, tick, bytes));
  }

  /** What was said since the last call. */
  take(): readonly Outgoing[] {
    const taken = this.#waiting;
    if (taken.length > 0) this.#waiting = [];
    return taken;
  }

  #put(type: number, bytes: Uint8Array): void {
    this.#waiting.push({ type, bytes });
  }
}
