/** The throttle on wrong passwords, by address: after a few of them even the right one is refused for a while. */
import { TokenBucket } from "../../shared/budget/token-bucket.ts";

const AT_ONCE = 5;
const PER_SECOND = 0.1;
/** Beyond this many addresses the oldest are forgotten: what is kept must be bounded, and none of them got far. */
const MOST_ADDRESSES = 10_000;

export class LoginThrottle {
  readonly #left = new Map<string, TokenBucket>();

  /** Whether this address may guess at `now` (ms). */
  mayGuess(key: string, now: number): boolean {
    return (this.#left.get(key)?.spend(0, now) ?? 1) >= 1;
  }

  /** Counts a guess that was wrong. */
  missed(key: string, now: number): void {
    const left = this.#left.get(key) ?? new TokenBucket(PER_SECOND, AT_ONCE);
    this.#left.delete(key);
    this.#left.set(key, left);
    left.spend(1, now);
    const [oldest] = this.#left.keys();
    if (this.#left.size > MOST_ADDRESSES) this.#left.delete(oldest!);
  }
}
