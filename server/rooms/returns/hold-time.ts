/**
 * The time for which the seat of one session is held when its connection drops. Each drop is given the whole time, even
 * when the connection before it died without a message: a bad line cuts more than once. But a client that over some
 * minutes is away more than present loses it: a held seat is kept from others, and a connection now and then would keep
 * it for ever.
 */
const HOLD_MS = 30_000;
/**
 * The same for a client that has sent nothing and shown no ticket: most likely a page that died while joining, and has none.
 * A client that has one, and only lost the message, tries again at once.
 */
const UNHEARD_HOLD_MS = 5000;
/** How much longer a client may be away than here, in all, in milliseconds. */
const MOST_AWAY_MS = 120_000;

export class HoldTime {
  #left = MOST_AWAY_MS;
  #isHere = false;
  #isKnown = false;
  #at: number;

  /** @param now milliseconds of a monotonic clock, as below: a seat was given to a client that has sent nothing yet. */
  constructor(now: number) {
    this.#at = now;
  }

  /** The client is known to live: being away is over, and from now on earns time back. */
  here(now: number): void {
    this.#isKnown = true;
    this.#turn(now, true);
  }

  /** The client has shown its ticket, and so can come back. */
  shown(): void {
    this.#isKnown = true;
  }

  /** The connection dropped. @returns for how many milliseconds the seat is held; 0: no more. */
  away(now: number): number {
    this.#turn(now, false);
    return Math.min(this.#isKnown ? HOLD_MS : UNHEARD_HOLD_MS, Math.max(0, this.#left));
  }

  #turn(now: number, isHere: boolean): void {
    const passed = now - this.#at;
    this.#left = this.#isHere ? Math.min(MOST_AWAY_MS, this.#left + passed) : this.#left - passed;
    this.#at = now;
    this.#isHere = isHere;
  }
}
