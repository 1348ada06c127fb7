/** How much one client may say: a bucket per client that refills with time (R13: refused early and cheaply). */

/** A player needs at most one input a tick, pings and hashes; this leaves room for bursts after a stall. */
const MESSAGES_PER_SECOND = 240;
const BURST_MESSAGES = 480;
/** Refused messages are paid for too; whoever owes so many is no player any more. */
const FLOOD_DEBT = 2000;

export class MessageBudget {
  #left = BURST_MESSAGES;
  #at: number | undefined;

  /** Judges one message at `now` (ms): taken, refused, or one too many refused ones. */
  spend(now: number): "taken" | "refused" | "flood" {
    const elapsed = this.#at === undefined ? 0 : Math.max(0, now - this.#at);
    this.#at = now;
    this.#left = Math.min(BURST_MESSAGES, this.#left + (elapsed * MESSAGES_PER_SECOND) / 1000) - 1;
    if (this.#left >= 0) return "taken";
    return this.#left > -FLOOD_DEBT ? "refused" : "flood";
  }
}
