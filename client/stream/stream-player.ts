/** A player on the stream plane: the world comes as patches, inputs go out when they change. */
import type { Room } from "@colyseus/sdk";
import { type InputCodec, inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import type { Game, Seat } from "../../shared/engine/game/game.ts";
import type { Frozen, Plain } from "../../shared/engine/layout/plain.ts";
import { sampleFault } from "../../shared/engine/lockstep/sample-error.ts";
import type { Picture } from "../match/picture.ts";
import { type StreamedState, StreamWorld } from "./stream-world.ts";

export class StreamPlayer<I, S> {
  readonly #game: string;
  readonly #room: Room;
  readonly #sample: () => Plain<I>;
  readonly #world: StreamWorld<I, S>;
  readonly #codec: InputCodec<Plain<I>>;
  readonly #lastSent: Plain<I>;
  readonly #tickMs: number;
  #sentAt: number | undefined;

  constructor(game: Game<I, S>, room: Room, sample: () => Plain<I>) {
    this.#game = game.name;
    this.#room = room;
    this.#sample = sample;
    this.#world = new StreamWorld(game);
    this.#codec = inputCodecOf(game.input, `${game.name}.input`);
    this.#lastSent = this.#codec.create();
    this.#tickMs = 1000 / game.tickRate;
  }

  /** Takes the newest world at `now` (ms), and sends what a seat wants when it is something else, once a tick at most. */
  advance(now: number, seat: Seat | undefined): void {
    const state = this.#room.state as StreamedState | undefined;
    if (state !== undefined) this.#world.take(state, now);
    if (seat === undefined || this.#world.state === undefined) return;
    if (this.#sentAt !== undefined && now - this.#sentAt < this.#tickMs) return;
    const input = this.#wanted();
    if (this.#sentAt !== undefined && this.#codec.equals(input, this.#lastSent)) return;
    this.#sentAt = now;
    this.#codec.copy(input, this.#lastSent);
    this.#room.send("input", input);
  }

  /** @throws SampleError when `sample` threw, or gave what does not fit. */
  #wanted(): Plain<I> {
    try {
      const input = this.#sample();
      this.#codec.settle(input);
      return input;
    } catch (cause) {
      throw sampleFault(this.#game, cause);
    }
  }

  /** What to draw at `now`; undefined before the first world. */
  picture(now: number): Picture<S> | undefined {
    const state = this.#world.state as Frozen<Plain<S>> | undefined;
    if (state === undefined) return undefined;
    const { tick } = this.#world;
    const previous = this.#world.previous as Frozen<Plain<S>>;
    return { state, previous, alpha: this.#world.alpha(now), tick, confirmed: state, confirmedTick: tick };
  }

  /** The connection or the plane is another one: what was known is out of date, and the next input is sent in any case. */
  restart(): void {
    this.#world.clear();
    this.#sentAt = undefined;
  }
}
