/** The world stepped with closed frames only: equal to the referee's at every tick, and the one whose hash is compared. */

import type { Game } from "../game/game.ts";
import { RulesError } from "../game/rules-error.ts";
import type { Plain } from "../layout/plain.ts";
import { decodeFrame } from "../protocol/frame-codec.ts";
import { stepFrames } from "../protocol/step-frames.ts";
import { createFrame, type Frame } from "../sim/frame.ts";
import { FrameLog } from "../sim/frame-log.ts";
import { Simulation } from "../sim/simulation.ts";
import { FrameInbox } from "./frame-inbox.ts";
import { WorldPast } from "./world-past.ts";

/** How long its worlds and frames are remembered, in seconds: longer than a report of a desync is under way. */
const PAST_SECONDS = 2;

/** What became of one try to step: "empty" when no frame has come. */
export type Stepped = "stepped" | "empty" | "malformed";

/** Is told of each frame before it is stepped, with the server's digest of the worlds before it where the frame has one. */
export type FrameListener<I> = (frame: Frame<Plain<I>>, digest: number | undefined) => void;

export class ConfirmedWorld<I, S> {
  readonly world: Simulation<I, S>;
  /** The worlds before the last frames. */
  readonly past: WorldPast;
  readonly #inbox = new FrameInbox();
  readonly #frame: Frame<Plain<I>>;
  readonly #pastTicks: number;
  #log: FrameLog;
  #scratch: Simulation<I, S> | undefined;

  constructor(game: Game<I, S>) {
    this.world = Simulation.empty(game);
    this.#pastTicks = Math.ceil(PAST_SECONDS * game.tickRate);
    this.past = new WorldPast(this.#pastTicks);
    this.#log = new FrameLog(this.#pastTicks);
    this.#frame = createFrame(game);
  }

  /** First tick of which no frame has been received. */
  get nextTick(): number {
    return this.#inbox.nextTick;
  }

  /** The last frame that was stepped, with what became of its commands. Used again for the next one. */
  get frame(): Frame<Plain<I>> {
    return this.#frame;
  }

  /** Frames received and not stepped yet. */
  get waiting(): number {
    return this.#inbox.nextTick - this.world.tick;
  }

  /** Takes over a snapshot; what was received before is forgotten. False when it is malformed. */
  restore(snapshot: Uint8Array): boolean {
    if (!this.world.restore(snapshot)) return false;
    this.#inbox.reset(this.world.tick);
    this.past.reset();
    this.#log = new FrameLog(this.#pastTicks, this.world.tick);
    return true;
  }

  /** Takes received frames, still encoded; see `FrameInbox.push`. */
  push(firstTick: number, count: number, bodies: Uint8Array): "taken" | "old" | "gap" {
    return this.#inbox.push(firstTick, count, bodies);
  }

  /** Steps one received frame. @throws RulesError when the game's rules throw. */
  step(onFrame: FrameListener<I>): Stepped {
    const reader = this.#inbox.next();
    if (reader === undefined) return "empty";
    const start = reader.offset;
    const { ok, digest } = decodeFrame(this.world.tick, reader, this.world.seats, this.#frame);
    if (!ok) return "malformed";
    this.past.note(this.world);
    onFrame(this.#frame, digest);
    this.#log.append(this.world.tick, reader.bytes.subarray(start, reader.offset));
    this.world.step(this.#frame);
    return "stepped";
  }

  /**
   * Replaces the past from a tick on: the world becomes `snapshot`, of an earlier tick, and is stepped to where it was.
   * False when the snapshot is malformed or its tick is not remembered any more; the world is then not to be trusted.
   */
  rewrite(snapshot: Uint8Array): boolean {
    const present = this.world.tick;
    if (!this.world.restore(snapshot)) return false;
    const bodies = this.#log.since(this.world.tick);
    return bodies !== undefined && stepFrames(this.world, bodies, present, (world) => this.past.note(world));
  }

  /** The hash of the world at `tick` when the step to it is made once more from the world remembered before it. */
  hashAgain(tick: number): number | undefined {
    const before = this.past.at(tick - 1);
    const bodies = this.#log.since(tick - 1);
    if (before === undefined || bodies === undefined) return undefined;
    this.#scratch ??= Simulation.empty(this.world.game);
    try {
      return this.#scratch.restore(before) && stepFrames(this.#scratch, bodies, tick)
        ? this.#scratch.hash()
        : undefined;
    } catch (fault) {
      if (!(fault instanceof RulesError)) throw fault;
      // The rules threw: half-way through a step there is no world to speak of.
      this.#scratch = undefined;
      return undefined;
    }
  }
}
