/** The prediction budget: how far ahead of the confirmed tick a client may run (R8) by what it costs here to make those steps again. */
import type { LockstepStats } from "./lockstep-stats.ts";

/** The whole window, in seconds. */
const WINDOW_SECONDS = 1;
/** All that was predicted can be made again in this time, in milliseconds: three quarters of a draw at 60 Hz, the rest is for drawing. */
const BUDGET_MS = 12;
/** Without these, in ticks, the own move could not be shown at once on the best of lines. */
const LEAST_TICKS = 2;
/** A window grows by a tick when that would take no more than this part of the budget: costs that vary must not move it to and fro. */
const EASE = 0.8;
/** It is looked at so often, in milliseconds; a clock moves a tick in the same time without a jerk (`Pacer`). */
const LOOK_MS = 1000;
/** Looks that the cost is the median of: one that was disturbed says nothing. As many as that are wanted before it is believed. */
const LOOKS = 5;
const LEAST_LOOKS = 3;
/** A clock may be as coarse as a millisecond: from so many steps on their mean tells what one of them takes. */
const LEAST_STEPS = 10;

/** Is told what steps cost by a clock that somebody else has (R12); without that it stays whole. Allocates nothing. */
export class PredictionBudget {
  /** The whole window, in ticks. */
  readonly most: number;
  readonly #stats: LockstepStats;
  readonly #costs = new Float64Array(LOOKS);
  readonly #sorted = new Float64Array(LOOKS);
  #ticks: number;
  #looks = 0;
  #spentMs = 0;
  #steps = 0;
  #lookAt: number | undefined;

  /** @param tickRate ticks per second. @param stats where the window and the cost of a step are shown. */
  constructor(tickRate: number, stats: LockstepStats) {
    this.most = Math.ceil(WINDOW_SECONDS * tickRate);
    this.#ticks = this.most;
    this.#stats = stats;
    stats.predictionWindow = this.most;
  }

  /** Ticks. */
  get ticks(): number {
    return this.#ticks;
  }

  get isLowered(): boolean {
    return this.#ticks < this.most;
  }

  /** So many steps of the predicted world took so many milliseconds. */
  spent(ms: number, steps: number): void {
    this.#spentMs += ms;
    this.#steps += steps;
  }

  /** To be called once a draw. @param ahead ticks that are predicted at `now`. */
  update(now: number, ahead: number): void {
    this.#lookAt ??= now + LOOK_MS;
    if (now < this.#lookAt || this.#steps < LEAST_STEPS) return;
    this.#lookAt = now + LOOK_MS;
    this.#costs[this.#looks++ % LOOKS] = this.#spentMs / this.#steps;
    this.#spentMs = 0;
    this.#steps = 0;
    if (this.#looks < LEAST_LOOKS) return;
    const stepMs = this.#median(Math.min(this.#looks, LOOKS));
    this.#stats.stepMs = stepMs;
    this.#ticks = this.#fitted(stepMs, ahead);
    this.#stats.predictionWindow = this.#ticks;
    this.#stats.isHeavy = this.isLowered;
  }

  /** Down at once to what is predicted anyway, because that changes no picture, and then by a tick a look; up by a tick a look. */
  #fitted(stepMs: number, ahead: number): number {
    const { ticks, most } = this;
    const fit = Math.max(LEAST_TICKS, Math.floor(BUDGET_MS / stepMs));
    if (fit < ticks) return Math.max(fit, Math.min(ticks - 1, ahead));
    const isEasy = ticks < most && (ticks + 1) * stepMs <= EASE * BUDGET_MS;
    return isEasy ? ticks + 1 : ticks;
  }

  /** The lower one of two in the middle. */
  #median(count: number): number {
    const sorted = this.#sorted;
    for (let i = 0; i < count; i++) {
      const cost = this.#costs[i]!;
      let at = i;
      for (; at > 0 && sorted[at - 1]! > cost; at--) sorted[at] = sorted[at - 1]!;
      sorted[at] = cost;
    }
    return sorted[(count - 1) >> 1]!;
  }
}
