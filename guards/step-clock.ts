/** The clock of steps: measures how long a match's rules take, and says so when a tick does not have that much time. */

import type { Game, StepContext } from "../shared/engine/game/game.ts";
import type { Plain } from "../shared/engine/layout/plain.ts";

const TELL_INTERVAL_MS = 10_000;
/** The part of a tick that checks may take, so that a slow game still plays. */
const CHECKS_SHARE = 0.5;

export class StepClock<I, S> {
  /** The same game, with a clock on its `step`. */
  readonly game: Game<I, S>;
  readonly #warn: (sentence: string) => void;
  readonly #now: () => number;
  /** Milliseconds of the longest `step` of this tick. */
  #longest = 0;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** Ticks to come that have no time for checks. */
  #rushed = 0;

  constructor(game: Game<I, S>, warn: (sentence: string) => void, now: () => number) {
    this.#warn = warn;
    this.#now = now;
    this.game = Object.freeze({
      ...game,
      step: (state: Plain<S>, context: StepContext<Plain<I>>) => {
        const start = now();
        game.step(state, context);
        this.#longest = Math.max(this.#longest, now() - start);
      },
    });
  }

  /** Runs what a tick does; `isRushed` says that it should do without checks, or the room would fall behind. */
  run(tick: number, act: (isRushed: boolean) => void): void {
    const tickMs = 1000 / this.game.tickRate;
    const isRushed = this.#rushed > 0;
    this.#longest = 0;
    const start = this.#now();
    act(isRushed);
    const end = this.#now();
    this.#rushed = isRushed ? this.#rushed - 1 : Math.ceil((end - start) / (CHECKS_SHARE * tickMs)) - 1;
    if (this.#longest <= tickMs || end < this.#toldAt + TELL_INTERVAL_MS) return;
    this.#toldAt = end;
    this.#warn(
      `the rules of ${this.game.name} took ${Math.round(this.#longest)} ms at tick ${tick}; a tick has ${Math.round(tickMs)} ms`,
    );
  }
}
