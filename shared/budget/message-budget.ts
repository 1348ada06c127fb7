/** The message budget of one client: a bucket that refills with time (R13: refused early and cheaply). */
import { TokenBucket } from "./token-bucket.ts";

/** A player needs at most one input a tick, pings and hashes; this leaves room for bursts after a stall. */
const MESSAGES_PER_SECOND = 240;
const BURST_MESSAGES = 480;
/** Refused messages are paid for too; a client that owes this many is no player any more. */
const FLOOD_DEBT = 2000;

export class MessageBudget {
  readonly #bucket = new TokenBucket(MESSAGES_PER_SECOND, BURST_MESSAGES);

  /** Judges one message at `now` (ms): taken, refused, or one too many refused ones. */
  spend(now: number): "taken" | "refused" | "flood" {
    const left = this.#bucket.spend(1, now);
    if (left >= 0) return "taken";
    return left > -FLOOD_DEBT ? "refused" : "flood";
  }
}
