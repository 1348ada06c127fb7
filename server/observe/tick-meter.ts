/** A meter of tick costs and punctuality, kept cheaply and shown by `/api/rooms`, the monitor and `/metrics`. */
import { Histogram } from "./histogram.ts";

/** Weight of the newest tick in the running means. */
const SMOOTHING = 0.05;

/** In milliseconds: a tick of arena with eight bots takes 0.02, and a timer of Node is about one late. */
const DURATION_BOUNDS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];
const LATENESS_BOUNDS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

export const durationSpread = (): Histogram => new Histogram(DURATION_BOUNDS);
export const latenessSpread = (): Histogram => new Histogram(LATENESS_BOUNDS);

export class TickMeter {
  /** Ticks closed. */
  ticks = 0;
  /** Running mean of the milliseconds one tick takes: inputs, frame, step, hash, writes. */
  tickMs = 0;
  /** Running mean of how late ticks are closed, and the latest so far, in milliseconds. */
  latenessMs = 0;
  worstLatenessMs = 0;
  /** Every tick. */
  readonly durations = durationSpread();
  readonly lateness = latenessSpread();

  record(tickMs: number, latenessMs: number): void {
    const weight = this.ticks === 0 ? 1 : SMOOTHING;
    this.ticks++;
    this.tickMs += (tickMs - this.tickMs) * weight;
    this.latenessMs += (latenessMs - this.latenessMs) * weight;
    this.worstLatenessMs = Math.max(this.worstLatenessMs, latenessMs);
    this.durations.add(tickMs);
    this.lateness.add(latenessMs);
  }
}
