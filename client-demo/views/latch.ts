/** Effects that a rollback must not set off twice: a fall of a number is told once. */

/** Rollbacks are over by then: a number that has been higher for so long has really risen. */
const HOLD_MS = 400;

export class FallLatch {
  #floor: number | undefined;
  #fellAt = 0;

  /** By how much `value` fell below what was told before; 0 when it did not, or when a rollback only repeats it. */
  fall(value: number, now: number): number {
    if (this.#floor === undefined) this.#floor = value;
    if (value < this.#floor) {
      const drop = this.#floor - value;
      this.#floor = value;
      this.#fellAt = now;
      return drop;
    }
    if (value > this.#floor && now - this.#fellAt > HOLD_MS) this.#floor = value;
    return 0;
  }
}

/** Remembers for a while what has been shown already. */
export class OnceLatch {
  readonly #seen = new Map<number, number>();
  readonly #holdMs: number;

  constructor(holdMs: number) {
    this.#holdMs = holdMs;
  }

  /** True the first time within the hold for this key. */
  first(key: number, now: number): boolean {
    const seenAt = this.#seen.get(key);
    if (seenAt !== undefined && now - seenAt < this.#holdMs) return false;
    this.#seen.set(key, now);
    return true;
  }

  /** Forgets what is older than the hold. */
  sweep(now: number): void {
    for (const [key, seenAt] of this.#seen) if (now - seenAt >= this.#holdMs) this.#seen.delete(key);
  }
}
