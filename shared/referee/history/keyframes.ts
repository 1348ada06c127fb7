/** The snapshots of the last minute and the frames between them: the world at any tick of it can be rebuilt (R6). */
import type { Game } from "../../engine/game/game.ts";
import { type Parcel, wrap } from "../../engine/protocol/parcel.ts";
import { stepFrames } from "../../engine/protocol/step-frames.ts";
import type { FrameLog } from "../../engine/sim/frame-log.ts";
import { Simulation } from "../../engine/sim/simulation.ts";

/** One keyframe a second is kept for this long, then one in ten for as long as the log has the frames; seconds. */
const EVERY_SECONDS = 1;
const CLOSE_SECONDS = 10;
const SPARSE_SECONDS = 10;

export class Keyframe {
  readonly tick: number;
  readonly snapshot: Uint8Array;
  #parcel: Parcel | undefined;

  constructor(tick: number, snapshot: Uint8Array) {
    this.tick = tick;
    this.snapshot = snapshot;
  }

  /** Ready to be sent; deflated once for all who are sent it. */
  get parcel(): Parcel {
    this.#parcel ??= wrap(this.snapshot);
    return this.#parcel;
  }
}

/** A snapshot and the frames since: the present, and the past that clients may still ask for. */
export interface SavedHistory {
  /** The oldest keyframe. Who comes back from before it gets a snapshot instead of frames. */
  readonly snapshot: Uint8Array;
  /** The bodies of all frames since, one after the other, as they went over the wire. */
  readonly frames: Uint8Array;
  /** The ticks of all keyframes, ascending: joiners of half a second share one. */
  readonly keyframes: readonly number[];
}

export class Keyframes<I, S> {
  /** How many snapshots were made. */
  made = 0;
  readonly #game: Game<I, S>;
  readonly #log: FrameLog;
  readonly #everyTicks: number;
  readonly #closeTicks: number;
  readonly #sparseTicks: number;
  /** Ascending by tick. */
  #kept: Keyframe[] = [];

  constructor(game: Game<I, S>, log: FrameLog) {
    this.#game = game;
    this.#log = log;
    this.#everyTicks = EVERY_SECONDS * game.tickRate;
    this.#closeTicks = CLOSE_SECONDS * game.tickRate;
    this.#sparseTicks = SPARSE_SECONDS * game.tickRate;
  }

  /** To be called once a tick: keeps the world when it is time to. */
  tend(world: Simulation<I, S>): void {
    if (world.tick % this.#everyTicks !== 0) return;
    this.fresh(world, 0);
    const isKept = ({ tick }: Keyframe): boolean =>
      tick >= this.#log.firstTick && (world.tick - tick <= this.#closeTicks || tick % this.#sparseTicks === 0);
    this.#kept = this.#kept.filter(isKept);
  }

  /** The newest keyframe if it is at most `mostAge` ticks old; otherwise one of the world as it is. */
  fresh(world: Simulation<I, S>, mostAge: number): Keyframe {
    const newest = this.#kept.at(-1);
    if (newest !== undefined && world.tick - newest.tick <= mostAge) return newest;
    const made = new Keyframe(world.tick, world.snapshot());
    this.#kept.push(made);
    this.made++;
    return made;
  }

  /** The newest keyframe at or before a tick. */
  before(tick: number): Keyframe | undefined {
    let at = this.#kept.length - 1;
    while (at >= 0 && this.#kept[at]!.tick > tick) at--;
    return this.#kept[at];
  }

  /** The oldest one and all frames since. */
  save(): SavedHistory {
    const kept = this.#kept.filter(({ tick }) => tick >= this.#log.firstTick);
    const { tick, snapshot } = kept[0]!;
    return { snapshot, frames: this.#log.since(tick)!, keyframes: kept.map((keyframe) => keyframe.tick) };
  }

  /** The encoded frames from a tick to another (exclusive); undefined when not all of them are of the last minute. */
  framesBetween(tick: number, until: number): Uint8Array | undefined {
    return this.#log.since(tick, until);
  }

  /**
   * The world at a tick, in a simulation of its own: the keyframe before it, stepped with the closed frames.
   *
   * @returns undefined when the tick is not of the last minute.
   * @throws whatever the game's rules throw.
   */
  worldAt(tick: number): Simulation<I, S> | undefined {
    const keyframe = this.before(tick);
    const bodies = keyframe && this.#log.since(keyframe.tick);
    if (keyframe === undefined || bodies === undefined) return undefined;
    const world = Simulation.from(this.#game, keyframe.snapshot);
    return world !== undefined && stepFrames(world, bodies, tick) ? world : undefined;
  }
}
