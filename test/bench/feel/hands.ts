/** Hands as people have them, whatever they see: a direction is held for a while, and the aim now rests and now wanders. */
import type { WorldRandom } from "../../../shared/engine/game/random.ts";

/** How long a direction is held at least and at most, in seconds: about three changes in two seconds. */
const LEAST_HOLD_SECONDS = 0.2;
const MOST_HOLD_SECONDS = 1.2;
/** In so much of the time the mouse moves, by so many of 256 directions a tick at most. */
const AIMING_SHARE = 0.4;
const MOST_TURN = 6;
const DIRECTIONS = 256;

export class Hands {
  readonly #random: WorldRandom;
  readonly #tickRate: number;
  readonly #wish = { dx: 0, dy: 0, aim: 0, fire: false };
  #heldTicks = 0;
  #turn = 0;

  constructor(random: WorldRandom, tickRate: number) {
    this.#random = random;
    this.#tickRate = tickRate;
  }

  /** What they want in the next tick. A game that does not know aim or fire is given neither. */
  sample(game: string): object {
    const random = this.#random;
    if (this.#heldTicks-- <= 0) {
      const seconds = LEAST_HOLD_SECONDS + random.float() * (MOST_HOLD_SECONDS - LEAST_HOLD_SECONDS);
      this.#heldTicks = Math.round(seconds * this.#tickRate);
      this.#wish.dx = random.int(-1, 1);
      this.#wish.dy = random.int(-1, 1);
      this.#wish.fire = random.chance(0.5);
      this.#turn = random.chance(AIMING_SHARE) ? random.int(-MOST_TURN, MOST_TURN) : 0;
    }
    this.#wish.aim = (this.#wish.aim + this.#turn + DIRECTIONS) % DIRECTIONS;
    const { dx, dy } = this.#wish;
    return game === "tag" ? { dx, dy } : this.#wish;
  }
}
