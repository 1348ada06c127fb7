/** A counter of what each address has done within a minute from the first time, by a clock that nobody sets. */

const MINUTE_MS = 60_000;

interface Count {
  /** When the minute began, in milliseconds. */
  readonly since: number;
  count: number;
}

export class MinuteCounter {
  readonly #most: number;
  readonly #counts = new Map<string, Count>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts one at `now` (ms); false when the address has none left in this minute. */
  take(key: string, now: number): boolean {
    let count = this.#counts.get(key);
    if (count === undefined || now - count.since >= MINUTE_MS) {
      count = { since: now, count: 0 };
      this.#counts.set(key, count);
    }
    if (count.count >= this.#most) return false;
    count.count++;
    return true;
  }

  /** Whether the address has none left, without counting. */
  isSpent(key: string, now: number): boolean {
    const count = this.#counts.get(key);
    return count !== undefined && now - count.since < MINUTE_MS && count.count >= this.#most;
  }

  /** One of those that were counted turned out well. */
  giveBack(key: string): void {
    const count = this.#counts.get(key);
    if (count !== undefined && count.count > 0) count.count--;
  }

  /** Forgets whose minute is over. */
  sweep(now: number): void {
    for (const [key, { since }] of this.#counts) if (now - since >= MINUTE_MS) this.#counts.delete(key);
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#counts.size;
  }
}
