/** The world a few ticks ahead of the confirmed one, and the way back when it was wrong (R8, R10). */

import type { Game, Seat } from "../game/game.ts";
import { RulesError } from "../game/rules-error.ts";
import type { Plain } from "../layout/plain.ts";
import { type Command, createFrame, type Frame } from "../sim/frame.ts";
import { Simulation } from "../sim/simulation.ts";
import type { OwnCommands } from "./own-commands.ts";
import type { OwnInputs } from "./own-inputs.ts";

/**
 * Steps ahead with guessed frames: others go on wanting what they wanted last, nobody joins or leaves. When a
 * confirmed frame differs from the guess, the world is copied from the confirmed one and the ticks since are stepped
 * again. One copy of the confirmed world replaces a ring of saved states: frames are confirmed in order, so the
 * confirmed world always is the state to go back to.
 */
export class PredictedWorld<I, S> {
  /** Steps in which the rules threw, and what they threw last. A guess need not be a world that they can bear. */
  readonly faults: { count: number; last: string | undefined } = { count: 0, last: undefined };
  /** The state one tick before `world`, for drawing in between. */
  readonly previous: Plain<S>;
  readonly #guesses: Frame<Plain<I>>[];
  readonly #window: number;
  readonly #commands: OwnCommands | undefined;
  #world: Simulation<I, S>;

  /** @param window most ticks ahead of the confirmed world (R8). @param commands of the local player, which are guessed too; left out: there are none. */
  constructor(game: Game<I, S>, window: number, commands?: OwnCommands) {
    this.#world = Simulation.empty(game);
    this.previous = this.world.codec.create();
    this.#guesses = Array.from({ length: window + 1 }, () => createFrame(game));
    this.#window = window;
    this.#commands = commands;
  }

  get world(): Simulation<I, S> {
    return this.#world;
  }

  /** Makes one step further, guessing everyone's input but the local one; false when the rules threw. */
  step(own: Seat | undefined, inputs: OwnInputs<Plain<I>>): boolean {
    this.world.codec.copy(this.world.state, this.previous);
    return this.#guessAndStep(own, inputs);
  }

  /** Whether a confirmed frame is the one this world was stepped with. `before` is the confirmed world before it. */
  guessed(frame: Frame<Plain<I>>, before: Simulation<I, S>): boolean {
    if (frame.tick >= this.world.tick || frame.leaves.length + frame.joins.length > 0) return false;
    const guess = this.#guesses[frame.tick % this.#guesses.length]!;
    if (guess.tick !== frame.tick) return false;
    for (let seat = 0; seat < before.seats.count; seat++)
      if (before.seats.isHeld(seat) && !before.seats.codec.equals(guess.inputs[seat]!, frame.inputs[seat]!))
        return false;
    return areSame(guess.commands, frame.commands);
  }

  /**
   * Goes back to the confirmed world and steps forward again to where this one was, or to where the rules throw.
   * Returns the ticks stepped.
   */
  rollback(confirmed: Simulation<I, S>, own: Seat | undefined, inputs: OwnInputs<Plain<I>>): number {
    if (this.world.tick <= confirmed.tick) {
      // Nothing to make again. What is drawn from stays: the tick before, or, where frames came quicker, the last one shown.
      if (this.world.tick < confirmed.tick) this.follow(confirmed);
      else this.world.copyFrom(confirmed);
      return 0;
    }
    const target = Math.min(this.world.tick, confirmed.tick + this.#window);
    this.reset(confirmed);
    let isFit = true;
    while (isFit && this.world.tick < target - 1) isFit = this.#guessAndStep(own, inputs);
    if (isFit && this.world.tick < target) isFit = this.step(own, inputs);
    if (!isFit) this.reset(confirmed);
    return this.world.tick - confirmed.tick;
  }

  /** Follows the confirmed world without guessing: what it was becomes `previous`. */
  follow(confirmed: Simulation<I, S>): void {
    this.world.codec.copy(this.world.state, this.previous);
    this.world.copyFrom(confirmed);
  }

  /** Becomes the confirmed world, with nothing guessed. */
  reset(confirmed: Simulation<I, S>): void {
    this.world.copyFrom(confirmed);
    this.world.codec.copy(confirmed.state, this.previous);
  }

  /** On false the rules threw half-way: the world is an empty one, to be reset to the confirmed one before it is drawn. */
  #guessAndStep(own: Seat | undefined, inputs: OwnInputs<Plain<I>>): boolean {
    const { world } = this;
    const frame = this.#guesses[world.tick % this.#guesses.length]!;
    frame.tick = world.tick;
    for (let seat = 0; seat < world.seats.count; seat++) {
      const wanted = seat === own ? inputs.get(world.tick) : undefined;
      world.seats.codec.copy(wanted ?? world.seats.input(seat), frame.inputs[seat]!);
    }
    frame.commands.length = 0;
    if (own !== undefined && this.#commands !== undefined && this.#commands.count > 0)
      this.#commands.collect(world.tick, own, frame.commands);
    try {
      world.step(frame);
      return true;
    } catch (fault) {
      if (!(fault instanceof RulesError)) throw fault;
      this.faults.count++;
      this.faults.last = String(fault.cause);
      // What is left of the old one may be no tree of plain data any more, so it cannot be copied into.
      this.#world = Simulation.empty(world.game);
      return false;
    }
  }
}

/** What a seat gave has its number, and says nothing else under it. */
const areSame = (a: readonly Command[], b: readonly Command[]): boolean =>
  a.length === b.length &&
  (a.length === 0 || a.every(({ seat, number }, i) => seat === b[i]!.seat && number === b[i]!.number));
