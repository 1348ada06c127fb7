/** Wakes a room when its next tick is due, from the monotonic clock of the process. */
import { performance } from "node:perf_hooks";
import { FrameClock } from "../match/frame-clock.ts";

export interface FrameTimerOptions {
  readonly tickRate: number;
  /** Closes one tick, `latenessMs` after its due time; false when it stays open (a pause, or waiting for somebody). */
  readonly onTick: (latenessMs: number) => boolean;
  /** Runs once after the ticks of one waking: usually one, more after a standstill. */
  readonly onWake: () => void;
}

/** A tick that stays open is tried again after this time. */
const RETRY_MS = 10;

export class FrameTimer {
  readonly #options: FrameTimerOptions;
  readonly #clock: FrameClock;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** Opens the first tick now. */
  constructor(options: FrameTimerOptions) {
    this.#options = options;
    this.#clock = new FrameClock(options.tickRate, performance.now());
    this.#schedule();
  }

  /** The part of the open tick that has passed, 0 .. 1. */
  get phase(): number {
    return this.#clock.phase(performance.now());
  }

  /** Ticks that were given up after a standstill of the process. */
  get skipped(): number {
    return this.#clock.skipped;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    const wait = Math.max(0, Math.ceil(this.#clock.nextDue - performance.now()));
    this.#timer = setTimeout(() => this.#wake(), wait);
  }

  #wake(): void {
    const due = this.#clock.due(performance.now());
    for (let i = 0; i < due && !this.#isStopped; i++) {
      if (!this.#options.onTick(this.#clock.lateness(performance.now()))) {
        this.#clock.postpone(performance.now() + RETRY_MS);
        break;
      }
      this.#clock.close();
    }
    if (this.#isStopped) return;
    if (due > 0) this.#options.onWake();
    this.#schedule();
  }
}
