/** One second of a run: a row of the report's curves. */
import { Histogram } from "../report/histogram.ts";
import type { CountName, DistributionName } from "./metrics.ts";

/** Undefined: nothing was measured in that second. */
export interface Second {
  readonly second: number;
  readonly wanted: number;
  readonly inStep: number;
  readonly lateness: Quantiles | undefined;
  readonly inputToFrame: Quantiles | undefined;
  readonly bytesDown: number | undefined;
  readonly bytesUp: number | undefined;
  readonly serverCpu: number | undefined;
  readonly serverMemory: number | undefined;
  readonly serverHeap: number | undefined;
  readonly serverTick: number | undefined;
  readonly generatorCpu: number | undefined;
  readonly generatorDelay: number | undefined;
  readonly kills: number;
  readonly rejoins: number;
  readonly churned: number;
  readonly joinFailures: number;
}

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export class OpenSecond {
  readonly #second: number;
  readonly #histograms = new Map<DistributionName, Histogram>();
  readonly #counts = new Map<CountName, number>();
  readonly #standings = new Map<number, { readonly wanted: number; readonly inStep: number }>();

  constructor(second: number) {
    this.#second = second;
  }

  histogram(name: DistributionName): Histogram {
    let histogram = this.#histograms.get(name);
    if (histogram === undefined) {
      histogram = new Histogram();
      this.#histograms.set(name, histogram);
    }
    return histogram;
  }

  count(name: CountName, by: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  stand(worker: number, wanted: number, inStep: number): void {
    this.#standings.set(worker, { wanted, inStep });
  }

  close(): Second {
    const standings = [...this.#standings.values()];
    return {
      second: this.#second,
      wanted: standings.reduce((sum, { wanted }) => sum + wanted, 0),
      inStep: standings.reduce((sum, { inStep }) => sum + inStep, 0),
      lateness: this.#histograms.get("frame_lateness")?.summary(),
      inputToFrame: this.#histograms.get("input_to_frame")?.summary(),
      bytesDown: this.#histograms.get("bytes_down")?.stat("mean"),
      bytesUp: this.#histograms.get("bytes_up")?.stat("mean"),
      serverCpu: this.#histograms.get("server_cpu")?.stat("mean"),
      serverMemory: this.#histograms.get("server_memory")?.stat("mean"),
      serverHeap: this.#histograms.get("server_heap")?.stat("mean"),
      serverTick: this.#histograms.get("server_tick")?.stat("mean"),
      generatorCpu: this.#histograms.get("generator_cpu")?.stat("max"),
      generatorDelay: this.#histograms.get("generator_delay")?.stat("p99"),
      kills: this.#counts.get("kills") ?? 0,
      rejoins: this.#counts.get("rejoins") ?? 0,
      churned: this.#counts.get("churned") ?? 0,
      joinFailures: this.#counts.get("join_failures") ?? 0,
    };
  }
}
