/** How much one client may say: a bucket per client that refills with time (R13: refused early and cheaply). */

/** A player needs at most one input a tick, pings and hashes; this leaves room for bursts after a stall. */
const MESSAGES_PER_SECOND = 240;
const BURST_MESSAGES = 480;
/** After so many refused messages in a row the client is no player any more. */
const FLOOD_MESSAGES = 2000;

export class MessageBudget {
  #left = BURST_MESSAGES;
  #at: number | undefined;
  #refused = 0;

  /** Judges one message at `now` (ms): taken, refused, or one too many refused ones. */
  spend(now: number): "taken" | "refused" | "flood" {
    const elapsed = this.#at === undefined ? 0 : Math.max(0, now - this.#at);
    this.#at = now;
    this.#left = Math.min(BURST_MESSAGES, this.#left + (elapsed * MESSAGES_PER_SECOND) / 1000);
    if (this.#left >= 1) {
      this.#left--;
      this.#refused = 0;
      return "taken";
    }
    this.#refused++;
    return this.#refused >= FLOOD_MESSAGES ? "flood" : "refused";
  }
}
