/** One direction of one connection on a virtual clock, without ports: pumped by hand. */

import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { type Conditions, PERFECT } from "../../../shared/netsim/conditions.ts";
import { SimulatedLink } from "../../../shared/netsim/simulated-link.ts";

/** What a link does to its messages; what is left out is perfect. */
export type LinkOptions = Partial<Conditions>;

export class Link<Message> {
  readonly #line: SimulatedLink<Message>;
  readonly #bytesOf: (message: Message) => number;
  readonly #deliver: (message: Message) => void;
  #heldUntil = 0;

  constructor(
    options: LinkOptions,
    random: WorldRandom,
    bytesOf: (message: Message) => number,
    deliver: (message: Message) => void,
  ) {
    this.#line = new SimulatedLink({ ...PERFECT, ...options }, new WorldRandom(random.uint32()));
    this.#bytesOf = bytesOf;
    this.#deliver = deliver;
  }

  /** When the next message arrives; Infinity when none is under way. */
  get nextAt(): number {
    return Math.max(this.#line.nextAt, this.#heldUntil);
  }

  /** Nothing arrives before `until`: everything behind the first message waits, as in a stalled TCP connection. */
  hold(until: number): void {
    this.#heldUntil = until;
  }

  send(message: Message, now: number): void {
    this.#line.send(message, this.#bytesOf(message), now);
  }

  /** Delivers what has arrived by `now`. */
  pump(now: number): void {
    if (now < this.#heldUntil) return;
    for (let next = this.#line.take(now); next !== undefined; next = this.#line.take(now)) this.#deliver(next.message);
  }

  change(options: LinkOptions): void {
    this.#line.change({ ...PERFECT, ...options });
  }

  /** Loses everything under way, and what is sent in the `forMs` milliseconds after `now`. */
  cut(now = 0, forMs = 0): void {
    this.#heldUntil = 0;
    this.#line.clear();
    this.#line.cut(now, forMs);
  }
}
