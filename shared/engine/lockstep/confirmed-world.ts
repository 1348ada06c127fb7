/** The world stepped with closed frames only: equal to the referee's at every tick, and the one whose hash is compared. */
import type { Plain } from "../codec/plain.ts";
import type { Game } from "../game/game.ts";
import { decodeFrame } from "../protocol/frame-codec.ts";
import { createFrame, type Frame } from "../sim/frame.ts";
import { Simulation } from "../sim/simulation.ts";
import { FrameInbox } from "./frame-inbox.ts";

/** What became of one try to step: "empty" when no frame has come. */
export type Stepped = "stepped" | "empty" | "malformed";

/** Is told of each frame before it is stepped, with the server's hash of the world before it where the frame has one. */
export type FrameListener<I> = (frame: Frame<Plain<I>>, hash: number | undefined) => void;

export class ConfirmedWorld<I, S> {
  readonly world: Simulation<I, S>;
  readonly #inbox = new FrameInbox();
  readonly #frame: Frame<Plain<I>>;

  constructor(game: Game<I, S>) {
    this.world = new Simulation(game, 0);
    this.#frame = createFrame(game);
  }

  /** First tick of which no frame has been received. */
  get nextTick(): number {
    return this.#inbox.nextTick;
  }

  /** Takes over a snapshot; what was received before is forgotten. False when it is malformed. */
  restore(snapshot: Uint8Array): boolean {
    if (!this.world.restore(snapshot)) return false;
    this.#inbox.reset(this.world.tick);
    return true;
  }

  /** Takes received frames, still encoded; see `FrameInbox.push`. */
  push(firstTick: number, count: number, bodies: Uint8Array): "taken" | "old" | "gap" {
    return this.#inbox.push(firstTick, count, bodies);
  }

  /** Steps one received frame. @throws whatever the game's rules throw. */
  step(onFrame: FrameListener<I>): Stepped {
    const reader = this.#inbox.next();
    if (reader === undefined) return "empty";
    const { ok, hash } = decodeFrame(this.world.tick, reader, this.world.seats, this.#frame);
    if (!ok) return "malformed";
    onFrame(this.#frame, hash);
    this.world.step(this.#frame);
    return "stepped";
  }
}
