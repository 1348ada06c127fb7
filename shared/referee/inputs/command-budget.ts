/** The budget of a seat's commands: so many a second with a burst, by the ticks of the match. */

const PER_SECOND = 20;
const AT_ONCE = 40;

export class CommandBudget {
  readonly #perTick: number;
  #left = AT_ONCE;
  #tick = 0;

  constructor(tickRate: number) {
    this.#perTick = PER_SECOND / tickRate;
  }

  /** Pays for one command in the open tick; false when there is nothing left. */
  spend(openTick: number): boolean {
    this.#left = Math.min(AT_ONCE, this.#left + Math.max(0, openTick - this.#tick) * this.#perTick);
    this.#tick = openTick;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
