/**
 * The waypoints of a replayer: worlds in the middle of blocks that it has come by, as snapshots, so that it need not step from
 * the keyframe again. There is one for so much work, not for so many ticks, and the last ones are kept.
 */

/** Between two of them, in milliseconds of stepping: getting to a tick where one was before takes as long, and no longer. */
const STEP_MS = 8;
/** How many are kept: a second of stepping, which is a whole block where its steps are dear. */
const MOST = 128;

/** All that a replayer needs to go on from there. */
export interface Waypoint {
  readonly tick: number;
  readonly snapshot: Uint8Array;
  /** Where in the bodies of its block the next frame begins. */
  readonly offset: number;
  /** Whether nothing had contradicted the world since the keyframe. */
  readonly isTrue: boolean;
}

export class Waypoints {
  /** The oldest first. */
  readonly #kept = new Map<number, Waypoint>();
  #spentMs = 0;

  /** The replayer is at a keyframe or a waypoint. */
  begin(): void {
    this.#spentMs = 0;
  }

  /** A step took so many milliseconds. @returns whether a waypoint is due: a world that took as long to come by is not to be stepped to again. */
  isDueAfter(ms: number): boolean {
    this.#spentMs += ms;
    return this.#spentMs >= STEP_MS;
  }

  keep(waypoint: Waypoint): void {
    this.begin();
    this.#kept.delete(waypoint.tick);
    this.#kept.set(waypoint.tick, waypoint);
    if (this.#kept.size > MOST) this.#kept.delete(this.#kept.keys().next().value!);
  }

  /** The last one of a stretch of ticks, both included; undefined when there is none. */
  lastOf(firstTick: number, lastTick: number): Waypoint | undefined {
    let last: Waypoint | undefined;
    for (const waypoint of this.#kept.values()) {
      const { tick } = waypoint;
      if (tick >= firstTick && tick <= lastTick && tick > (last?.tick ?? -1)) last = waypoint;
    }
    return last;
  }
}
