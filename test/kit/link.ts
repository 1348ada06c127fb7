/** One direction of one connection on a virtual clock: delayed, jittered, in order; pumped by hand, no ports. */
import type { WorldRandom } from "../../shared/engine/game/random.ts";

export interface LinkOptions {
  /** One-way delay in milliseconds, and how much is added to it at random. */
  readonly delayMs: number;
  readonly jitterMs: number;
}

export class Link<Message> {
  readonly #options: LinkOptions;
  readonly #random: WorldRandom;
  readonly #deliver: (message: Message) => void;
  #queue: { readonly at: number; readonly message: Message }[] = [];
  #lastAt = 0;

  constructor(options: LinkOptions, random: WorldRandom, deliver: (message: Message) => void) {
    this.#options = options;
    this.#random = random;
    this.#deliver = deliver;
  }

  /** When the next message arrives; Infinity when none is under way. */
  get nextAt(): number {
    return this.#queue[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  send(message: Message, now: number): void {
    const { delayMs, jitterMs } = this.#options;
    // A connection keeps its order (TCP); only different connections overtake each other.
    this.#lastAt = Math.max(this.#lastAt, now + delayMs + this.#random.float() * jitterMs);
    this.#queue.push({ at: this.#lastAt, message });
  }

  /** Delivers what has arrived by `now`. */
  pump(now: number): void {
    while (this.nextAt <= now) this.#deliver(this.#queue.shift()!.message);
  }

  /** Loses everything under way: the connection was cut. */
  cut(): void {
    this.#queue = [];
  }
}
