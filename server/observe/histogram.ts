/** A histogram of values: counted in buckets as they come, in a few nanoseconds and without allocating. */
import type { Distribution } from "../../shared/monitor/feed.ts";

const MS = 1000;

export class Histogram {
  readonly #boundsMs: readonly number[];
  readonly #counts: number[];
  #sumMs = 0;

  /** @param boundsMs ascending, in milliseconds. */
  constructor(boundsMs: readonly number[]) {
    this.#boundsMs = boundsMs;
    this.#counts = new Array<number>(boundsMs.length + 1).fill(0);
  }

  add(ms: number): void {
    const bounds = this.#boundsMs;
    let bucket = 0;
    while (bucket < bounds.length && ms > bounds[bucket]!) bucket++;
    this.#counts[bucket]!++;
    this.#sumMs += ms;
  }

  /** Adds what another one of the same bounds has counted. */
  merge(other: Histogram): void {
    for (let i = 0; i < this.#counts.length; i++) this.#counts[i]! += other.#counts[i]!;
    this.#sumMs += other.#sumMs;
  }

  /** As it stands, in seconds. */
  get distribution(): Distribution {
    return { bounds: this.#boundsMs.map((ms) => ms / MS), counts: [...this.#counts], sum: this.#sumMs / MS };
  }
}
