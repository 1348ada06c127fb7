/** A short match for games that are expected to fail: everybody joins, one leaves and comes back, bots play. */

import { BotTurn } from "../../shared/engine/game/bot-turn.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import type { Plain } from "../../shared/engine/layout/plain.ts";
import { createFrame, type Frame } from "../../shared/engine/sim/frame.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";

const TICKS = 40;
const LEAVES_AT = 15;
const RETURNS_AT = 20;

export type World = Simulation<unknown, unknown>;
export type Step = (world: World, frame: Frame<Plain<unknown>>) => void;

/** Plays a match, each of whose ticks is made by `step`. @throws what the rules throw. */
export function playShortMatch(game: AnyGame, step: Step = (world, frame) => world.step(frame)): World {
  const world: World = new Simulation(game, 1);
  const frame = createFrame(game) as Frame<Plain<unknown>>;
  const random = new WorldRandom(1);
  for (let tick = 0; tick < TICKS; tick++) {
    frame.tick = tick;
    frame.joins.length = 0;
    frame.leaves.length = 0;
    frame.commands.length = 0;
    if (tick === 0) for (let seat = 0; seat < game.seats.max; seat++) frame.joins.push(seat);
    if (tick === LEAVES_AT) frame.leaves.push(0);
    if (tick === RETURNS_AT) frame.joins.push(0);
    for (let seat = 0; seat < game.seats.max; seat++) {
      const turn = new BotTurn(game, random).begin(tick);
      const input = game.bot?.(world.state, seat, turn);
      if (input !== undefined) frame.inputs[seat] = input;
      if (world.seats.isHeld(seat) && !frame.leaves.includes(seat))
        for (const command of turn.given) frame.commands.push({ seat, number: 0, ...command });
    }
    step(world, frame);
    // What `accepts` throws counts as a refusal.
    for (const { fault } of frame.commands) if (fault !== undefined) throw fault;
  }
  return world;
}
