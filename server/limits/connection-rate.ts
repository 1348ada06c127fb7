/**
 * The rate at which each address may open connections: a client that comes and goes costs as much as one that stays.
 */
import { TokenBucket } from "../../shared/budget/token-bucket.ts";

const MINUTE_SECONDS = 60;
const LOW = 0.05;

export class ConnectionRate {
  readonly #mostPerMinute: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(mostPerMinute: number) {
    this.#mostPerMinute = mostPerMinute;
  }

  /** Counts a connection at `now` (ms); false when its address has opened too many within the last minute. */
  take(key: string, now: number): boolean {
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = new TokenBucket(this.#mostPerMinute / MINUTE_SECONDS, this.#mostPerMinute);
      this.#buckets.set(key, bucket);
    }
    if (bucket.spend(0, now) < 1) return false;
    bucket.spend(1, now);
    return true;
  }

  /** Whether it has so few left that it should be told so while it still can be. */
  isLow(key: string, now: number): boolean {
    const bucket = this.#buckets.get(key);
    return bucket !== undefined && bucket.spend(0, now) < this.#mostPerMinute * LOW;
  }

  /** Forgets who has not come for so long that its bucket is full again. */
  sweep(now: number): void {
    for (const [key, bucket] of this.#buckets)
      if (bucket.spend(0, now) >= this.#mostPerMinute) this.#buckets.delete(key);
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#buckets.size;
  }
}
