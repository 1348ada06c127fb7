/**
 * The driver of a match, which makes up its frames: bots, random inputs, seats that come and go. No test framework: any
 * engine can run it.
 */
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import { BotTurn, type GivenCommand } from "../../shared/engine/game/bot-turn.ts";
import type { AnyGame, Seat } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { createFrame, type Frame } from "../../shared/engine/sim/frame.ts";
import type { Simulation } from "../../shared/engine/sim/simulation.ts";
import { randomCommand } from "../kit/random-command.ts";
import { botScript } from "../kit/scripts.ts";

type World = Simulation<unknown, unknown>;
type AnyFrame = Frame<Plain<unknown>>;

/** Seats come and go now and then, so that joins and leaves are part of every run. */
export class Driver {
  readonly #frame: AnyFrame;
  readonly #game: AnyGame;
  readonly #random: WorldRandom;
  readonly #isBot: boolean;
  readonly #turn: BotTurn;
  #given = 1;

  /** @param isBot play the game's bot only, on every seat, without leaves. */
  constructor(game: AnyGame, seed: number, isBot = false) {
    this.#game = game;
    this.#frame = createFrame(game) as AnyFrame;
    this.#random = new WorldRandom(seed);
    this.#turn = new BotTurn(game, this.#random);
    this.#isBot = isBot;
  }

  /** The frame of the world's next tick. */
  next(world: World): AnyFrame {
    const frame = this.#frame;
    const { max } = this.#game.seats;
    frame.tick = world.tick;
    frame.joins.length = 0;
    frame.leaves.length = 0;
    frame.commands.length = 0;
    const script = botScript<unknown, unknown>(this.#game);
    for (let seat: Seat = 0; seat < max; seat++) {
      const isHeld = world.seats.isHeld(seat);
      if (isHeld && !this.#isBot && this.#random.chance(0.002)) frame.leaves.push(seat);
      else if (!isHeld && (world.tick === 0 || this.#random.chance(0.02))) frame.joins.push(seat);
      const hash = this.#isBot ? world.hash() : 0;
      const input = this.#isBot
        ? this.#turn.inputOf(this.#game.bot!(world.state, seat, this.#turn.begin(world.tick)))
        : script(world.state, seat, world.tick, this.#random, this.#turn.begin(world.tick).give);
      if (this.#isBot && world.hash() !== hash)
        throw new Error(`the bot of seat ${seat} changed the world; a bot only reads it`);
      inputCodecOf(this.#game.input, `${this.#game.name}.input`).settle(input);
      frame.inputs[seat] = input;
      this.#give(seat, isHeld && !frame.leaves.includes(seat));
    }
    return frame;
  }

  #strays(): (GivenCommand | undefined)[] {
    const isGiven = this.#game.commands !== undefined && this.#random.chance(0.1);
    return isGiven ? [randomCommand(this.#game, this.#random)] : [];
  }

  /** What the bot gave, and now and then anything that could be given. */
  #give(seat: Seat, mayGive: boolean): void {
    if (!mayGive) return;
    const given = this.#isBot ? this.#turn.given : [...this.#turn.given, ...this.#strays()];
    for (const command of given)
      if (command !== undefined) this.#frame.commands.push({ seat, number: this.#given++, ...command });
  }
}
