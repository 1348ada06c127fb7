/** The tick schedule of a room: absolute on a monotonic clock, so that it neither drifts nor bursts (R2). */

/** After a longer standstill than this the schedule starts again instead of closing the lost ticks in one burst. */
const LONGEST_BACKLOG_SECONDS = 1;

/** Pure: it is told the time in milliseconds of a monotonic clock, and says how many ticks are due. */
export class TickClock {
  readonly #tickMs: number;
  readonly #mostBacklog: number;
  #origin: number;
  #closed = 0;
  #skipped = 0;

  /** @param tickRate ticks per second. @param now when the first tick is opened. */
  constructor(tickRate: number, now: number) {
    this.#tickMs = 1000 / tickRate;
    this.#mostBacklog = Math.ceil(LONGEST_BACKLOG_SECONDS * tickRate);
    this.#origin = now;
  }

  /** Ticks that were never closed in time because the process stood still. */
  get skipped(): number {
    return this.#skipped;
  }

  /** When the open tick is to be closed. */
  get nextDue(): number {
    return this.#origin + (this.#closed + 1) * this.#tickMs;
  }

  /** The part of the open tick that has passed at `now`: 0 when just opened, never 1 or more. */
  phase(now: number): number {
    const passed = (now - (this.nextDue - this.#tickMs)) / this.#tickMs;
    return Math.max(0, Math.min(0.9999, passed));
  }

  /** How late the open tick is at `now`, in milliseconds; 0 when it is not due. */
  lateness(now: number): number {
    return Math.max(0, now - this.nextDue);
  }

  /** How many ticks are due at `now`. A backlog too long to be made up is given up. */
  due(now: number): number {
    const due = Math.floor((now - this.#origin) / this.#tickMs + 1e-9) - this.#closed;
    if (due <= this.#mostBacklog) return Math.max(0, due);
    this.#skipped += due - 1;
    this.#origin += (due - 1) * this.#tickMs;
    return 1;
  }

  /** The due tick is not closed yet: it is due again at `until`, and every later one as much later. */
  postpone(until: number): void {
    this.#origin += until - this.nextDue;
  }

  /** Counts one due tick as closed. */
  close(): void {
    this.#closed++;
  }
}
