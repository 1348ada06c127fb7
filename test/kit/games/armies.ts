/** Armies: a world of the skirmish with all the 2,000 units that it may have, at rest, on the march, and in battle. */
import { commandsOf } from "../../../shared/engine/game/command-table.ts";
import { createFrame } from "../../../shared/engine/sim/frame.ts";
import { Simulation } from "../../../shared/engine/sim/simulation.ts";
import { MOST_CHOSEN } from "../../../shared/games/skirmish/commands.ts";
import { isFighter, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { FIELD } from "../../../shared/games/skirmish/map.ts";
import { MOST_SEATS, type SkirmishState, type State } from "../../../shared/games/skirmish/schema.ts";
import { skirmish } from "../../../shared/games/skirmish/skirmish.ts";
import { musterArmy } from "./army.ts";

const MARCH_TICKS = 60;
/** A battle is on when so many are left. */
const IN_BATTLE = 1950;
const MOST_TICKS = 2000;

export type ArmyWorld = Simulation<unknown, InstanceType<typeof SkirmishState>>;

export const emptyWorld = (): ArmyWorld => new Simulation(skirmish, 1) as never;

export const unitsIn = ({ state }: ArmyWorld): number => state.units.filter(({ kind }) => kind !== Kind.none).length;

/** Steps one tick in which nobody comes, goes or gives a command. */
export function stepQuietly(world: ArmyWorld): void {
  const frame = createFrame(skirmish);
  frame.tick = world.tick;
  world.step(frame as never);
}

/** Four seats with 500 units each around their bases: a tenth of them workers, who dig. */
export function armiesAtRest(): ArmyWorld {
  const world = emptyWorld();
  const frame = createFrame(skirmish);
  for (let seat = 0; seat < MOST_SEATS; seat++) frame.joins.push(seat);
  world.step(frame as never);
  for (const seat of world.state.players.keys()) musterArmy(world.state as State, seat);
  for (let i = 0; i < MARCH_TICKS; i++) stepQuietly(world);
  return world;
}

/** All fighters on their way to the middle, in two groups a seat. */
export function armiesMarching(): ArmyWorld {
  const world = armiesAtRest();
  const frame = createFrame(skirmish);
  frame.tick = world.tick;
  const kind = commandsOf(skirmish).findIndex(({ name }) => name === "attackMove");
  for (const seat of world.state.players.keys()) {
    const ids = [...world.state.units.keys()].filter((id) => {
      const unit = world.state.units[id]!;
      return unit.owner === seat && isFighter(unit.kind);
    });
    for (let first = 0, group = 0; first < ids.length; first += MOST_CHOSEN, group++) {
      const units = ids.slice(first, first + MOST_CHOSEN);
      const fields = { units, x: FIELD.width / 2 + 400 * group, y: FIELD.height / 2 - 400 };
      frame.commands.push({ seat, number: group + 1, kind, fields });
    }
  }
  world.step(frame as never);
  for (let i = 0; i < MARCH_TICKS; i++) stepQuietly(world);
  return world;
}

/** The same when the first have fallen. */
export function armiesInBattle(): ArmyWorld {
  const world = armiesMarching();
  for (let i = 0; unitsIn(world) > IN_BATTLE; i++) {
    if (i > MOST_TICKS) throw new Error("the armies never met");
    stepQuietly(world);
  }
  return world;
}
