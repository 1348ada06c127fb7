/** The stall meter: how long the prediction window has been used up (R8), now, at worst, and in all; milliseconds. */
import type { LockstepStats } from "./lockstep-stats.ts";

export class StallMeter {
  readonly #stats: LockstepStats;
  #runMs = 0;

  constructor(stats: LockstepStats) {
    this.#stats = stats;
  }

  /** How long the present stall has lasted; 0 when there is none. */
  get runMs(): number {
    return this.#runMs;
  }

  /** Counts `elapsed` milliseconds that ended with or without a stall. */
  count(isStalled: boolean, elapsed: number): void {
    this.#runMs = isStalled ? this.#runMs + elapsed : 0;
    if (isStalled) this.#stats.stalledMs += elapsed;
    this.#stats.longestStallMs = Math.max(this.#stats.longestStallMs, this.#runMs);
  }
}
