/** The record of what one process measured since its last report: histograms and counts. */
import { type Encoded, Histogram } from "../report/histogram.ts";
import type { CountName, DistributionName } from "../verdict/metrics.ts";

/** As it travels; what was not measured is left out. */
export interface Measured {
  readonly distributions: Partial<Record<DistributionName, Encoded>>;
  readonly counts: Partial<Record<CountName, number>>;
}

export class Recorder {
  readonly #histograms = new Map<DistributionName, Histogram>();
  readonly #counts = new Map<CountName, number>();

  record(name: DistributionName, value: number): void {
    this.#histogram(name).record(value);
  }

  recordWithMissed(name: DistributionName, value: number, interval: number): void {
    this.#histogram(name).recordWithMissed(value, interval);
  }

  count(name: CountName, by = 1): void {
    if (by !== 0) this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /** Empties it. */
  take(): Measured {
    const distributions = Object.fromEntries(
      [...this.#histograms].map(([name, histogram]) => [name, histogram.encode()]),
    );
    const counts = Object.fromEntries(this.#counts);
    this.#histograms.clear();
    this.#counts.clear();
    return { distributions, counts };
  }

  #histogram(name: DistributionName): Histogram {
    let histogram = this.#histograms.get(name);
    if (histogram === undefined) {
      histogram = new Histogram();
      this.#histograms.set(name, histogram);
    }
    return histogram;
  }
}
