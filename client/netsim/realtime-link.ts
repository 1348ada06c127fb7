/** A simulated link on the real clock: a timer hands over what has arrived. */
import type { WorldRandom } from "../../shared/engine/game/random.ts";
import type { Conditions } from "../../shared/netsim/conditions.ts";
import { SimulatedLink } from "../../shared/netsim/simulated-link.ts";

export class RealtimeLink<Message> {
  readonly #line: SimulatedLink<Message>;
  readonly #deliver: (message: Message) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(conditions: Conditions, random: WorldRandom, deliver: (message: Message) => void) {
    this.#line = new SimulatedLink(conditions, random);
    this.#deliver = deliver;
  }

  get waitingBytes(): number {
    return this.#line.waitingBytes;
  }

  /** Whether nothing is under way. */
  get isEmpty(): boolean {
    return this.#line.nextAt === Number.POSITIVE_INFINITY;
  }

  /** Sends a message of `bytes` bytes; on a perfect line it is delivered at once. */
  pass(message: Message, bytes: number): void {
    this.#line.send(message, bytes, performance.now());
    this.#pump();
  }

  change(conditions: Conditions): void {
    this.#line.change(conditions);
  }

  /** Loses what is under way. */
  clear(): void {
    this.#line.clear();
    this.#pump();
  }

  /** Delivers what has arrived, and sleeps until the next one does. */
  #pump(): void {
    for (let next = this.#take(); next !== undefined; next = this.#take()) this.#deliver(next.message);
    clearTimeout(this.#timer);
    const { nextAt } = this.#line;
    // Timers cut fractions of a millisecond off; one that wakes too early would only set another.
    if (nextAt < Number.POSITIVE_INFINITY)
      this.#timer = setTimeout(() => this.#pump(), Math.ceil(nextAt - performance.now()));
  }

  #take(): { readonly message: Message } | undefined {
    return this.#line.take(performance.now());
  }
}
