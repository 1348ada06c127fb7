/** What ticks cost and how punctual they are, kept cheaply and shown by `/api/rooms`. */

/** Weight of the newest tick in the running means. */
const SMOOTHING = 0.05;

export class TickMeter {
  /** Ticks closed. */
  ticks = 0;
  /** Running mean of the milliseconds one tick takes: inputs, frame, step, hash, writes. */
  tickMs = 0;
  /** Running mean of how late ticks are closed, and the latest so far, in milliseconds. */
  latenessMs = 0;
  worstLatenessMs = 0;

  record(tickMs: number, latenessMs: number): void {
    const weight = this.ticks === 0 ? 1 : SMOOTHING;
    this.ticks++;
    this.tickMs += (tickMs - this.tickMs) * weight;
    this.latenessMs += (latenessMs - this.latenessMs) * weight;
    this.worstLatenessMs = Math.max(this.worstLatenessMs, latenessMs);
  }
}
