/** Percentiles of times, which are kept as microseconds in a histogram. */
import { build, type Histogram } from "hdr-histogram-js";

/** Milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Of times up to a minute, in microseconds. */
export const micros = (): Histogram => build({ lowestDiscernibleValue: 1, highestTrackableValue: 60_000_000 });

/** Null, which JSON has a word for, when nothing was recorded: an empty histogram must not become a number. */
export function percentiles(histogram: Histogram): Percentiles | null {
  if (histogram.totalCount === 0) return null;
  const milliseconds = (percentile: number): number => histogram.getValueAtPercentile(percentile) / 1000;
  return { p50: milliseconds(50), p99: milliseconds(99), max: histogram.maxValue / 1000 };
}
