/** A histogram of a figure with three decimals: HdrHistogram counts whole numbers, so a thousandth is its one. */
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram as Hdr } from "hdr-histogram-js";

const SCALE = 1000;
/** The width of a counter in bits: one second of one process, or a whole run. */
const COUNTER_BITS = 32;
/** So much is right of every figure: three digits. */
const DIGITS = 3;

/** A distribution in a few numbers. */
export interface Summary {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export class Histogram {
  #hdr: Hdr = build({ bitBucketSize: COUNTER_BITS, numberOfSignificantValueDigits: DIGITS, autoResize: true });
  /** The library knows the least value above zero only. */
  #min = Number.POSITIVE_INFINITY;

  get count(): number {
    return this.#hdr.totalCount;
  }

  record(value: number): void {
    const inside = Math.max(0, value);
    this.#min = Math.min(this.#min, inside);
    this.#hdr.recordValue(Math.round(inside * SCALE));
  }

  /** A value that was measured late hides those that would have been measured meanwhile, every `interval`: they count too. */
  recordWithMissed(value: number, interval: number): void {
    const inside = Math.max(0, value);
    this.#min = Math.min(this.#min, inside);
    this.#hdr.recordValueWithExpectedInterval(Math.round(inside * SCALE), interval * SCALE);
  }

  /** For another process. */
  encode(): Encoded {
    return { min: this.#min, hdr: encodeIntoCompressedBase64(this.#hdr) };
  }

  add({ min, hdr }: Encoded): void {
    this.#hdr.add(decodeFromCompressedBase64(hdr, COUNTER_BITS, false));
    this.#min = Math.min(this.#min, min);
  }

  /** `min`, `mean`, `max`, `count` or `p<percentile>`; undefined when nothing was recorded. */
  stat(name: string): number | undefined {
    if (name === "count") return this.count;
    if (this.count === 0) return undefined;
    if (name === "min") return this.#min;
    if (name === "mean") return this.#hdr.mean / SCALE;
    if (name === "max") return this.#hdr.maxValue / SCALE;
    return this.#hdr.getValueAtPercentile(Number(name.slice(1))) / SCALE;
  }

  summary(): Summary | undefined {
    if (this.count === 0) return undefined;
    const of = (name: string): number => Math.round(this.stat(name)! * SCALE) / SCALE;
    return {
      count: this.count,
      min: of("min"),
      mean: of("mean"),
      p50: of("p50"),
      p90: of("p90"),
      p95: of("p95"),
      p99: of("p99"),
      max: of("max"),
    };
  }
}

/** As it travels between processes. */
export interface Encoded {
  readonly min: number;
  readonly hdr: string;
}
