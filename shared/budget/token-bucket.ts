/** A bucket that refills with time: a rate, a burst, and debts that are remembered. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #most: number;
  #left: number;
  /** A number from the start: V8 keeps it in place then, and does not make another one of each. */
  #at = Number.POSITIVE_INFINITY;

  constructor(perSecond: number, most: number) {
    this.#perSecond = perSecond;
    this.#most = most;
    this.#left = most;
  }

  /** Takes `amount` out at `now` (ms) and says what is left; below zero it is owed. */
  spend(amount: number, now: number): number {
    const elapsed = Math.max(0, now - this.#at);
    this.#at = now;
    this.#left = Math.min(this.#most, this.#left + (elapsed * this.#perSecond) / 1000) - amount;
    return this.#left;
  }
}
