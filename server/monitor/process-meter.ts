/** The process itself: memory, processor time, and how late its event loop is. */
import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";

const NS = 1e9;
const US = 1e6;
/** The clock of the measurement itself, in milliseconds: a timer that is on time is as late as this. */
const RESOLUTION_MS = 10;

export class ProcessMeter {
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  /** Measures the event loop from now on. */
  constructor() {
    this.#delay.enable();
  }

  stop(): void {
    this.#delay.disable();
  }

  /** How late timers were since the last call, in seconds, by quantile. */
  takeDelay(): Record<string, number> {
    const late = (ns: number): number => (Number.isFinite(ns) ? Math.max(0, ns / NS - RESOLUTION_MS / 1000) : 0);
    const isEmpty = this.#delay.count === 0;
    const quantiles = {
      "0.5": isEmpty ? 0 : late(this.#delay.percentile(50)),
      "0.99": isEmpty ? 0 : late(this.#delay.percentile(99)),
      "1": isEmpty ? 0 : late(this.#delay.max),
    };
    this.#delay.reset();
    return quantiles;
  }

  get cpuSeconds(): number {
    const { user, system } = process.cpuUsage();
    return (user + system) / US;
  }
}
