/** The maker of frames: what of seats, players and bots belongs to the tick that is being closed (R3, R4, R15). */

import type { Game } from "../../engine/game/game.ts";
import type { Plain } from "../../engine/layout/plain.ts";
import { createFrame, type Frame } from "../../engine/sim/frame.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import type { CommandIntake } from "./command-intake.ts";
import type { InputIntake } from "./input-intake.ts";
import type { SeatBots } from "./seat-bots.ts";
import type { Seats } from "./seats.ts";

export interface FrameMakerOptions<I, S> {
  readonly game: Game<I, S>;
  readonly world: Simulation<I, S>;
  readonly seats: Seats;
  readonly intake: InputIntake<Plain<I>>;
  readonly commands: CommandIntake;
  readonly bots: SeatBots<I, S>;
  /** Whether the game's bot plays the seats of players who are away. */
  readonly botsPlayAway: boolean;
}

export class FrameMaker<I, S> {
  /** The last frame that was made. Used again for the next one. */
  readonly frame: Frame<Plain<I>>;
  readonly #match: FrameMakerOptions<I, S>;

  constructor(match: FrameMakerOptions<I, S>) {
    this.#match = match;
    this.frame = createFrame(match.game);
  }

  /** Makes the frame of the world's tick. @throws RulesError when the game's bot throws. */
  make(): Frame<Plain<I>> {
    const { frame } = this;
    const { world, seats, intake, commands, bots, botsPlayAway } = this.#match;
    bots.balance(seats);
    frame.tick = world.tick;
    frame.commands.length = 0;
    seats.drainInto(frame.leaves, frame.joins);
    for (let seat = 0; seat < seats.count; seat++) {
      if (!seats.isHeld(seat)) continue;
      const isPlayedByBot = seats.isBot(seat) || (botsPlayAway && seats.isAway(seat));
      if (isPlayedByBot) world.seats.codec.copy(bots.play(seat, world.state, world.tick), frame.inputs[seat]!);
      else intake.collect(seat, world.tick, frame.inputs[seat]!);
      if (isPlayedByBot) commands.collectGiven(seat, bots.given, frame.commands);
      if (!commands.isIdle) commands.collect(seat, world.tick, frame.commands);
    }
    return frame;
  }
}
