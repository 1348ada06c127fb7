/** A game that a test plays by hand: seats that come and go, commands by name, and bots where they are asked for. */

import { BotTurn, type GivenCommand } from "../../../shared/engine/game/bot-turn.ts";
import { commandsOf } from "../../../shared/engine/game/command-table.ts";
import type { AnyGame, Game, Seat } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { Plain } from "../../../shared/engine/layout/plain.ts";
import { createFrame, type Frame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";

export class Played<I, S> {
  readonly world: Simulation<I, S>;
  readonly #game: AnyGame;
  readonly #frame: Frame<Plain<I>>;
  readonly #bots = new Set<Seat>();
  readonly #turn: BotTurn;
  /** What bots were refused: in a good bot's match, nothing. */
  readonly botRefusals: string[] = [];
  #number = 1;

  constructor(game: Game<I, S>, seed = 1) {
    this.#game = game as unknown as AnyGame;
    this.world = new Simulation(game, seed);
    this.#frame = createFrame(game);
    this.#turn = new BotTurn(this.#game, new WorldRandom(seed));
  }

  get state(): Plain<S> {
    return this.world.state;
  }

  join(...seats: readonly Seat[]): void {
    this.#step((frame) => frame.joins.push(...seats));
  }

  leave(...seats: readonly Seat[]): void {
    for (const seat of seats) this.#bots.delete(seat);
    this.#step((frame) => frame.leaves.push(...seats));
  }

  /** From now on the game's bot plays these seats. */
  playBots(...seats: readonly Seat[]): void {
    for (const seat of seats) this.#bots.add(seat);
  }

  /** Steps one tick with this command; returns why it was refused, or undefined when it was applied. */
  give(seat: Seat, name: string, fields: unknown = {}): string | undefined {
    const kind = commandsOf(this.#game).findIndex((command) => command.name === name);
    return this.giveAll([{ seat, kind, fields }])[0];
  }

  giveAll(commands: readonly (GivenCommand & { readonly seat: Seat })[]): (string | undefined)[] {
    const given = commands.map((command) => ({ ...command, number: this.#number++, refusal: undefined }));
    this.#step((frame) => frame.commands.push(...(given as never[])));
    return given.map(({ refusal }) => refusal);
  }

  run(ticks: number, look: () => void = () => {}): void {
    for (let i = 0; i < ticks; i++) {
      this.#step(() => {});
      look();
    }
  }

  /** Runs until it is so. @throws Error when it is not after so many ticks. */
  until(isSo: () => boolean, ticks: number): void {
    for (let i = 0; i < ticks && !isSo(); i++) this.#step(() => {});
    if (!isSo()) throw new Error(`it was not so within ${ticks} ticks`);
  }

  #step(fill: (frame: Frame<Plain<I>>) => void): void {
    const frame = this.#frame;
    frame.tick = this.world.tick;
    for (const list of [frame.joins, frame.leaves, frame.commands]) list.length = 0;
    fill(frame);
    const own = frame.commands.length;
    for (const seat of this.#bots) {
      if (!this.world.seats.isHeld(seat)) continue;
      this.#game.bot!(this.world.state, seat, this.#turn.begin(frame.tick));
      for (const command of this.#turn.given) frame.commands.push({ seat, number: this.#number++, ...command });
    }
    this.world.step(frame);
    for (const { kind, refusal } of frame.commands.slice(own))
      if (refusal !== undefined) this.botRefusals.push(`${commandsOf(this.#game)[kind]!.name}: ${refusal}`);
  }
}
