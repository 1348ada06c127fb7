/** A simulated link, one direction of one connection: decides when each message arrives. No clock, no timers. */
import type { WorldRandom } from "../engine/game/random.ts";
import { type Conditions, stallOf } from "./conditions.ts";

interface UnderWay<Message> {
  readonly message: Message;
  readonly bytes: number;
  /** When it arrives. */
  readonly at: number;
}

/**
 * A line keeps the order of its messages, as TCP does: a message that is late makes those behind it late, and a lost one
 * is a stall of one retransmission time. What is not modelled: congestion windows, and a retransmission that is lost too.
 * Times are milliseconds of whatever clock the caller has; they must never run backwards.
 */
export class SimulatedLink<Message> {
  readonly #random: WorldRandom;
  #conditions: Conditions;
  #queue: UnderWay<Message>[] = [];
  #waitingBytes = 0;
  /** When the last byte sent so far has left the sender. */
  #freeAt = 0;
  #lastAt = 0;
  #cutFrom = Number.POSITIVE_INFINITY;
  #cutUntil = Number.POSITIVE_INFINITY;

  /** @param random the line's own: the same seed, messages and conditions give the same arrivals. */
  constructor(conditions: Conditions, random: WorldRandom) {
    this.#conditions = conditions;
    this.#random = random;
  }

  /** Bytes under way. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** When the next message arrives; Infinity when none is under way. */
  get nextAt(): number {
    return this.#queue[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Another network from now on; what is under way arrives as it would have, and stays ahead of what comes. */
  change(conditions: Conditions): void {
    this.#conditions = conditions;
  }

  /** Sends a message of `bytes` bytes. Returns when it arrives, Infinity when a cut loses it. */
  send(message: Message, bytes: number, now: number): number {
    const { delayMs, jitterMs, lossRate, bytesPerSecond } = this.#conditions;
    // Always two numbers for a message, so that a change of one condition does not shuffle what the others do.
    const late = this.#random.float() * jitterMs;
    const stall = this.#random.chance(lossRate) ? stallOf(this.#conditions) : 0;
    const freeAt = Math.max(this.#freeAt, now) + (bytes / bytesPerSecond) * 1000;
    const at = Math.max(this.#lastAt, freeAt + delayMs + late + stall);
    if (at >= this.#cutFrom && now < this.#cutUntil) return Number.POSITIVE_INFINITY;
    this.#freeAt = freeAt;
    this.#lastAt = at;
    this.#queue.push({ at, bytes, message });
    this.#waitingBytes += bytes;
    return at;
  }

  /** The next message that has arrived by `now`, in the order they were sent; undefined when there is none. */
  take(now: number): { readonly message: Message } | undefined {
    if (this.nextAt > now) return undefined;
    const arrived = this.#queue.shift()!;
    this.#waitingBytes -= arrived.bytes;
    return arrived;
  }

  /**
   * Loses everything that would arrive at `from` or later and is sent before `from + forMs`. A later call replaces it.
   *
   * @param forMs milliseconds; Infinity for ever.
   */
  cut(from: number, forMs: number): void {
    this.#cutFrom = from;
    this.#cutUntil = from + forMs;
    this.#keep(this.#queue.filter(({ at }) => at < from));
  }

  /** Whether a cut is going on. */
  isCut(now: number): boolean {
    return now >= this.#cutFrom && now < this.#cutUntil;
  }

  /** The connection is gone and what was under way with it: the next one finds the line free. A cut goes on. */
  clear(): void {
    this.#keep([]);
    this.#freeAt = 0;
    this.#lastAt = 0;
  }

  #keep(queue: UnderWay<Message>[]): void {
    this.#queue = queue;
    this.#waitingBytes = queue.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}
