/** Orders: what a unit makes of the one it has, whenever it thinks. */
import type { TickContext } from "../../engine/index.ts";
import { fight, guard, mayFight } from "./combat.ts";
import { build, gather } from "./economy.ts";
import { isBuilding, Kind } from "./kinds.ts";
import { middleX, middleY } from "./map.ts";
import { crowd, goTo, isWithin, leaveSolid, move, stepAside, THINK_TICKS } from "./movement.ts";
import { NO_GOAL, NO_UNIT, Order, type State, type Unit } from "./schema.ts";

/** So near to a place one is there. */
const ARRIVED = 30;

export function obey(state: State, { tick }: TickContext): void {
  const { units } = state;
  for (let id = 0; id < units.length; id++) {
    const unit = units[id]!;
    if (unit.kind === Kind.none) continue;
    const isThinking = (tick + id) % THINK_TICKS === 0;
    if (isBuilding(unit.kind)) {
      if (isThinking) guard(state, unit);
      continue;
    }
    if (isThinking) think(state, unit, id, tick);
    if (unit.vx !== 0 || unit.vy !== 0) move(unit);
  }
}

function think(state: State, unit: Unit, id: number, tick: number): void {
  unit.vx = 0;
  unit.vy = 0;
  if (leaveSolid(unit)) return;
  if (!mayFight(unit) || !fight(state, unit, id, tick)) pursue(state, unit, id, tick);
  stepAside(unit, id);
  if (crowd.isAtRest) settle(state, unit);
}

function pursue(state: State, unit: Unit, id: number, tick: number): void {
  if (unit.order === Order.rest) return;
  if (unit.order === Order.gather) {
    if (!gather(state, unit, id, tick)) rest(unit);
  } else if (unit.order === Order.build) build(state, unit, tick);
  else {
    const { cell } = state.players.get(unit.owner)!.goals[unit.goal]!;
    const isThere = isWithin(unit, middleX(cell), middleY(cell), ARRIVED);
    if (isThere || !goTo(unit, cell)) rest(unit);
  }
}

/** Who comes to others that rest already, near enough to where it was sent, rests beside them. */
function settle(state: State, unit: Unit): void {
  if (unit.order !== Order.move && unit.order !== Order.attack) return;
  if (unit.target !== NO_UNIT) return;
  const { cell, reach } = state.players.get(unit.owner)!.goals[unit.goal]!;
  if (isWithin(unit, middleX(cell), middleY(cell), reach)) rest(unit);
}

export function rest(unit: Unit): void {
  unit.order = Order.rest;
  unit.goal = NO_GOAL;
  unit.target = NO_UNIT;
  unit.vx = 0;
  unit.vy = 0;
}
