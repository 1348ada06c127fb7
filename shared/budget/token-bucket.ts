/** Token buckets, which refill with time: a rate, a burst, and debts that are remembered; and the one for a client's messages (R13). */

/** A player needs at most one input a tick, pings and hashes; this leaves room for bursts after a stall. */
const MESSAGES_PER_SECOND = 240;
const BURST_MESSAGES = 480;
/** Refused messages are paid for too; a client that owes this many is no player any more. */
const FLOOD_DEBT = 2000;

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

/** The message budget of one client: refused early and cheaply. */
export class MessageBudget {
  readonly #bucket = new TokenBucket(MESSAGES_PER_SECOND, BURST_MESSAGES);

  /** Judges one message at `now` (ms): taken, refused, or one too many refused ones. */
  spend(now: number): "taken" | "refused" | "flood" {
    const left = this.#bucket.spend(1, now);
    if (left >= 0) return "taken";
    return left > -FLOOD_DEBT ? "refused" : "flood";
  }
}
