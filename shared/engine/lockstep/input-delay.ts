/**
 * The input delay: ticks between sampling an input and the tick it is for, as few as requested plus what prediction
 * does not hide.
 */
import { mostInputDelay } from "../game/define-game.ts";

/** Prediction hides a round trip of 300 ms: so long a way there, in milliseconds, and so much of its jitter. Delay pays for the rest. */
const PREDICTED_MS = 150;
const PREDICTED_JITTER_MS = 75;
/** The longest that any line makes an input wait, in seconds. */
const MOST_DELAY_SECONDS = 0.25;
/** The delay stays while it is right to this many milliseconds, or to three quarters of a tick: one that changes is felt. */
const STEADY_MS = 35;
const STEADY_TICKS = 0.75;

export class InputDelay {
  readonly #ticksPerMs: number;
  readonly #steadyTicks: number;
  readonly #mostTicks: number;
  readonly #mostBeyond: number;
  readonly #least: number;
  /** The player's own choice in ticks, in place of the game's and of what the line needs; undefined: none. */
  chosen: number | undefined;
  #ticks = 0;
  #beyond = 0;

  /** @param tickRate ticks per second. @param least the game's wish, and `wish` the player's, in ticks. */
  constructor(tickRate: number, least = 0, chosen?: number) {
    this.#ticksPerMs = tickRate / 1000;
    this.#steadyTicks = Math.max(STEADY_TICKS, STEADY_MS * this.#ticksPerMs);
    this.#mostTicks = Math.ceil(MOST_DELAY_SECONDS * tickRate);
    this.#mostBeyond = mostInputDelay(tickRate);
    this.#least = least;
    this.chosen = chosen;
  }

  /** Takes the player's choice. @throws RangeError for what is no whole number of ticks from 0 to `most`. */
  choose(ticks: number | undefined, most: number): void {
    if (ticks !== undefined && !(Number.isInteger(ticks) && ticks >= 0 && ticks <= most))
      throw new RangeError(`inputDelayWish: ${ticks} is no whole number of ticks from 0 to ${most}`);
    this.chosen = ticks;
  }

  /** The delay in force, in ticks. */
  get ticks(): number {
    return Math.max(this.chosen ?? Math.max(this.#least, this.#ticks), this.#beyond);
  }

  /**
   * Inputs take at least so long to the server, and so long at most but for accidents; in ticks.
   *
   * @param beyond so many ticks more would be predicted without a delay than a lowered window holds (R8); left out: it is whole. No
   *   choice is below that: the world would stand still for as long, and inputs would come late.
   */
  update(shortestTicks: number, neededTicks: number, beyond = Number.NEGATIVE_INFINITY): void {
    if (beyond > this.#beyond || beyond < this.#beyond - 1 - this.#steadyTicks)
      this.#beyond = Math.max(0, Math.min(this.#mostBeyond, Math.ceil(beyond)));
    const jitter = Math.min(neededTicks - shortestTicks, PREDICTED_JITTER_MS * this.#ticksPerMs);
    const excess = shortestTicks + jitter - (PREDICTED_MS + PREDICTED_JITTER_MS) * this.#ticksPerMs;
    const wanted = Math.max(0, Math.min(this.#mostTicks, excess));
    if (Math.abs(wanted - this.#ticks) > this.#steadyTicks) this.#ticks = Math.round(wanted);
  }
}
