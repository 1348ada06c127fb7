/** The schedule of a room's frames: when each was meant to arrive, and how late it was. */

/** A server that stood still for longer does not make up the lost ticks: its schedule begins anew. */
const RESTART_MS = 1000;

/**
 * The server closes tick n at `origin + n x tickMs`, on an absolute schedule. The frame that travelled fastest so far
 * shows where that schedule lies; every frame is measured against it, never against the frame before: one that is late
 * does not make those behind it look punctual. All bots of a room in one process share the schedule.
 */
export class TickSchedule {
  /** Times the server's schedule began anew. */
  restarts = 0;
  readonly #tickMs: number;
  #anchor = Number.POSITIVE_INFINITY;
  #arrivals: number[] = [];

  constructor(tickMs: number) {
    this.#tickMs = tickMs;
  }

  /** The frame of a tick has arrived; `now` in milliseconds of a monotonic clock. */
  arrived(tick: number, now: number): void {
    this.#arrivals.push(now - tick * this.#tickMs);
  }

  /** How late each frame since the last call was, in milliseconds. The best of them counts for all of them. */
  take(): readonly number[] {
    const arrivals = this.#arrivals;
    this.#arrivals = [];
    const best = arrivals.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
    const before = this.#anchor;
    this.#anchor = Math.min(before, best);
    const late = arrivals.map((at) => at - this.#anchor);
    if (arrivals.length > 0 && best - before > RESTART_MS) {
      this.restarts++;
      this.#anchor = best;
    }
    return late;
  }
}
