/**
 * The one timer for the ticks of all rooms. Each room has its own absolute schedule (`tick-clock.ts`); their phases are
 * spread over the tick, but in few slots: rooms that are due together are woken together, and so their clients' answers
 * are read together.
 */
import { performance } from "node:perf_hooks";

/** Slots are at least so far apart, in milliseconds: as long as a tick may be late without anybody seeing it. */
const SLOT_MS = 5;

/** Something with a tick of its own. */
export interface TickJob {
  readonly tickRate: number;
  /** When it wants to be woken next, in milliseconds of the monotonic clock. */
  readonly nextDue: number;
  /** Must move `nextDue` on. A job that throws here is not woken again. */
  wake(): void;
}

/** How far apart the slots of rooms with this tick rate are, in milliseconds; a tick is a whole number of them. */
export function slotMs(tickRate: number): number {
  const tickMs = 1000 / tickRate;
  return tickMs / Math.max(1, Math.floor(tickMs / SLOT_MS));
}

export class TickScheduler {
  readonly #jobs: TickJob[] = [];
  /** When each of them is due, side by side: most are only asked whether they are, 200 times a second. */
  readonly #dues: number[] = [];
  /** The one that is being woken. */
  #at = -1;
  #timer: NodeJS.Timeout | undefined;
  #timerDue = Number.POSITIVE_INFINITY;

  /** When a schedule that starts now has opened its first tick, at most a tick ago, to be in the emptiest slot. */
  origin(tickRate: number): number {
    const tickMs = 1000 / tickRate;
    const width = slotMs(tickRate);
    const slots = new Array<number>(Math.round(tickMs / width)).fill(0);
    for (const beat of this.#jobs)
      if (beat.tickRate === tickRate) slots[Math.round((beat.nextDue % tickMs) / width) % slots.length]!++;
    const phase = slots.indexOf(Math.min(...slots)) * width;
    return phase + Math.floor((performance.now() - phase) / tickMs) * tickMs;
  }

  add(beat: TickJob): void {
    this.#jobs.push(beat);
    this.#dues.push(beat.nextDue);
    this.#arm(beat.nextDue);
  }

  remove(beat: TickJob): void {
    const at = this.#jobs.indexOf(beat);
    if (at < 0) return;
    this.#jobs.splice(at, 1);
    this.#dues.splice(at, 1);
    if (at <= this.#at) this.#at--;
    if (this.#jobs.length > 0) return;
    clearTimeout(this.#timer);
    this.#timerDue = Number.POSITIVE_INFINITY;
  }

  #arm(due: number): void {
    if (due >= this.#timerDue) return;
    clearTimeout(this.#timer);
    this.#timerDue = due;
    // Timers of Node know whole milliseconds, and round down.
    this.#timer = setTimeout(this.#ring, Math.max(0, Math.ceil(due - performance.now())));
  }

  readonly #ring = (): void => {
    const now = performance.now();
    for (this.#at = 0; this.#at < this.#jobs.length; this.#at++)
      if (this.#dues[this.#at]! <= now) this.#wake(this.#jobs[this.#at]!);
    this.#at = -1;
    let next = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#dues.length; i++) next = Math.min(next, this.#dues[i]!);
    this.#timerDue = Number.POSITIVE_INFINITY;
    this.#arm(next);
  };

  /** Whatever one room throws: the process hears of it, and the others go on. */
  #wake(beat: TickJob): void {
    try {
      beat.wake();
      // Unless it has been removed meanwhile.
      if (this.#jobs[this.#at] === beat) this.#dues[this.#at] = beat.nextDue;
    } catch (error) {
      this.remove(beat);
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
