/** A bad network on purpose: messages are held back for a while, in order. The demo's `?lag=` and the browser tests. */

export interface LagOptions {
  /** Added to every round trip, in milliseconds: half on the way up, half on the way down. */
  readonly roundTripMs: number;
  /** Added at random on top of each way, in milliseconds. */
  readonly jitterMs: number;
}

/** One direction. Without lag it passes messages on at once. */
export class LagLine<Message> {
  readonly #options: LagOptions;
  readonly #deliver: (message: Message) => void;
  #queue: Message[] = [];
  #lastAt = 0;

  constructor(options: LagOptions, deliver: (message: Message) => void) {
    this.#options = options;
    this.#deliver = deliver;
  }

  pass(message: Message): void {
    const { roundTripMs, jitterMs } = this.#options;
    if (roundTripMs <= 0 && jitterMs <= 0) {
      this.#deliver(message);
      return;
    }
    const now = performance.now();
    this.#lastAt = Math.max(this.#lastAt, now + roundTripMs / 2 + Math.random() * jitterMs);
    // Timers cut fractions of a millisecond off and can overtake each other, so each delivers the oldest message.
    this.#queue.push(message);
    const queue = this.#queue;
    setTimeout(() => {
      if (queue === this.#queue) this.#deliver(queue.shift()!);
    }, this.#lastAt - now);
  }

  /** Loses what is under way. */
  clear(): void {
    this.#queue = [];
  }
}
