/** How many ticks lie between sampling an input and the tick it is for: fitted to the line, and changed seldom. */

/** What prediction hides well: only what a one-way trip takes beyond this is paid for by delay, in milliseconds. */
const PREDICTED_MS = 100;
/** No input is held back longer than this, in milliseconds. */
const MOST_MS = 200;
/** The line has to be worse for so long before the delay grows, and better for so long before it shrinks; milliseconds. */
const RISE_AFTER_MS = 1000;
const FALL_AFTER_MS = 8000;

/**
 * Steady beats small: a delay that changes is felt more than one that is a tick longer, so it moves one tick at a time
 * and only when the line has asked for it all the while.
 */
export class InputDelay {
  readonly #tickMs: number;
  #ticks = 0;
  #since: { readonly at: number; readonly isRise: boolean } | undefined;

  /** @param tickRate ticks per second. */
  constructor(tickRate: number) {
    this.#tickMs = 1000 / tickRate;
  }

  /** The delay in force, in ticks. */
  get ticks(): number {
    return this.#ticks;
  }

  /** Looks at the line at `now`; all in milliseconds. */
  update(now: number, roundTripMs: number, jitterMs: number): void {
    const extra = Math.min(MOST_MS, roundTripMs / 2 + jitterMs - PREDICTED_MS);
    const wanted = Math.max(0, Math.round(extra / this.#tickMs));
    if (wanted === this.#ticks) {
      this.#since = undefined;
      return;
    }
    const isRise = wanted > this.#ticks;
    if (this.#since?.isRise !== isRise) this.#since = { at: now, isRise };
    if (now - this.#since.at < (isRise ? RISE_AFTER_MS : FALL_AFTER_MS)) return;
    this.#ticks += isRise ? 1 : -1;
    this.#since = { at: now, isRise };
  }
}
