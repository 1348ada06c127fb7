/** The current round trip, as a person wants to see it: what the last ping took, or is taking. */

/** Answers that the spread is measured over: as many seconds, once the line is known. */
const RECENT = 4;

export class RoundTrip {
  readonly #recent = new Float64Array(RECENT);
  #answers = 0;
  /** When the oldest ping was sent that nobody has answered. */
  #waitingSince: number | undefined;

  asked(now: number): void {
    this.#waitingSince ??= now;
  }

  /** A ping of `sentAt` was answered at `now`; milliseconds. Answers come in the order of their pings. */
  answered(sentAt: number, now: number): void {
    this.#recent[this.#answers % RECENT] = Math.max(0, now - sentAt);
    this.#answers++;
    // A ping says when it was sent in whole milliseconds.
    if (this.#waitingSince !== undefined && sentAt > this.#waitingSince - 1) this.#waitingSince = undefined;
  }

  /** Milliseconds at `now`: of the last answer, or how long one has been waited for if that is longer. Undefined before the first. */
  at(now: number): number | undefined {
    if (this.#answers === 0) return undefined;
    const last = this.#recent[(this.#answers - 1) % RECENT]!;
    return this.#waitingSince === undefined ? last : Math.max(last, now - this.#waitingSince);
  }

  /** `at` and `spreadMs` together; undefined before the first answer. */
  shown(now: number): { readonly ms: number; readonly spreadMs: number } | undefined {
    const ms = this.at(now);
    return ms === undefined ? undefined : { ms, spreadMs: this.spreadMs };
  }

  /** How far the last answers lie apart, in milliseconds. */
  get spreadMs(): number {
    const known = Math.min(this.#answers, RECENT);
    let [least, most] = [Number.POSITIVE_INFINITY, 0];
    for (let i = 0; i < known; i++) {
      least = Math.min(least, this.#recent[i]!);
      most = Math.max(most, this.#recent[i]!);
    }
    return Math.max(0, most - least);
  }
}
