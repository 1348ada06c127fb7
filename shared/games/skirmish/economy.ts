/** The economy: gold from the mines to a base, and what is bought with it. */
import { every, type Seat, type TickContext } from "../../engine/index.ts";
import { gapSquare } from "./crowd.ts";
import { isFighter, KINDS, Kind } from "./kinds.ts";
import { CELL, cellAt, FIELD, IS_SOLID, MINES, middleX, middleY, type Point, TICK_RATE } from "./map.ts";
import { goTo, isWithin, THINK_TICKS } from "./movement.ts";
import {
  type FrozenState,
  type FrozenUnit,
  NO_GOAL,
  NO_UNIT,
  Order,
  type State,
  type Unit,
  type Yard,
} from "./schema.ts";
import { addUnit, hasRoom, middleOf } from "./units.ts";

export const LOAD = 8;
export const MOST_QUEUED = 8;
/** A worker digs once in so many ticks. */
const DIG_TICKS = TICK_RATE;
/** From anywhere in the cells around it. */
const MINE_REACH = 2.2 * CELL;
const DOOR_REACH = 1.5 * CELL;
const BUILD_REACH = 3 * CELL;
/** Where a trained unit steps out, in cells from the middle of the building. */
const DOORS = [-2, -1, 0, 1, 2].flatMap((x) => [
  { x, y: 2 },
  { x, y: -2 },
  { x: 2, y: x },
  { x: -2, y: x },
]);

/** To the mine, and with the gold to the nearest base. False when there is nothing to do any more. */
export function gather(state: State, unit: Unit, id: number, tick: number): boolean {
  if (unit.carries > 0) return carryHome(state, unit);
  if ((state.mines[unit.goal] ?? 0) === 0) unit.goal = nearestMine(state, unit);
  const mine = MINES[unit.goal];
  if (mine === undefined) return false;
  if (!isWithin(unit, middleX(mine), middleY(mine), MINE_REACH)) return goTo(unit, mine);
  unit.vx = 0;
  unit.vy = 0;
  // A unit thinks in every fourth tick: its digging beat is one of those.
  if (!every(tick + id, DIG_TICKS)) return true;
  unit.carries = Math.min(LOAD, state.mines[unit.goal]!);
  state.mines[unit.goal]! -= unit.carries;
  return true;
}

function carryHome(state: State, unit: Unit): boolean {
  const base = nearestBase(state, unit);
  if (base === undefined) return false;
  if (gapSquare(unit, base) > DOOR_REACH * DOOR_REACH) return goTo(unit, cellAt(base.x, base.y));
  const player = state.players.get(unit.owner)!;
  player.gold += unit.carries;
  unit.carries = 0;
  return true;
}

/** By the straight way; `NO_GOAL` when all are empty. */
export function nearestMine(state: FrozenState, { x, y }: Point): number {
  let nearest = NO_GOAL;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < MINES.length; i++) {
    const dx = middleX(MINES[i]!) - x;
    const dy = middleY(MINES[i]!) - y;
    if (state.mines[i] === 0 || dx * dx + dy * dy >= least) continue;
    least = dx * dx + dy * dy;
    nearest = i;
  }
  return nearest;
}

function nearestBase(state: FrozenState, { x, y, owner }: FrozenUnit): FrozenUnit | undefined {
  let nearest: FrozenUnit | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const id of state.yards.keys()) {
    const unit = state.units[id]!;
    if (unit.kind !== Kind.base || unit.owner !== owner || unit.order === Order.build) continue;
    const square = (unit.x - x) * (unit.x - x) + (unit.y - y) * (unit.y - y);
    if (square >= least) continue;
    least = square;
    nearest = unit;
  }
  return nearest;
}

export function sendToMine(state: FrozenState, unit: Unit): void {
  const mine = nearestMine(state, unit);
  unit.order = mine === NO_GOAL ? Order.rest : Order.gather;
  unit.goal = mine;
  unit.target = NO_UNIT;
}

/** A worker that has come to the site pays, puts the building there, and goes back to the gold. */
export function build(state: State, unit: Unit, tick: number): void {
  const player = state.players.get(unit.owner)!;
  const { cell } = player.goals[unit.goal]!;
  const kind = unit.target;
  if (!isWithin(unit, middleX(cell), middleY(cell), BUILD_REACH) && goTo(unit, cell)) return;
  sendToMine(state, unit);
  const { cost, ticks } = KINDS[kind]!;
  if (player.gold < cost || !hasRoom(state, cell)) return;
  const id = addUnit(state, unit.owner, kind, middleOf(cell));
  if (id === undefined) return;
  player.gold -= cost;
  const building = state.units[id]!;
  building.order = Order.build;
  building.health = Math.ceil(building.health / 10);
  state.yards.get(id)!.readyAt = tick + ticks;
}

/** Buildings grow, and train what is paid for. */
export function runYards(state: State, { tick }: TickContext): void {
  for (const [id, yard] of state.yards) {
    const building = state.units[id]!;
    if (building.order === Order.build) grow(building, yard, tick);
    else if (yard.queue.length > 0 && tick >= yard.readyAt) finish(state, building, yard, tick);
  }
}

function grow(building: Unit, yard: Yard, tick: number): void {
  const { health, ticks } = KINDS[building.kind]!;
  if (every(tick, THINK_TICKS)) {
    const step = Math.ceil((0.9 * health * THINK_TICKS) / ticks);
    building.health = Math.min(health, building.health + step);
  }
  if (tick >= yard.readyAt) building.order = Order.rest;
}

function finish(state: State, building: Unit, yard: Yard, tick: number): void {
  const kind = yard.queue[0]!;
  const id = addUnit(state, building.owner, kind, doorOf(building, tick));
  if (id === undefined) return; // as many as there may be: it waits
  yard.queue.shift();
  if (yard.queue.length > 0) yard.readyAt = tick + KINDS[yard.queue[0]!]!.ticks;
  const unit = state.units[id]!;
  if (!isFighter(kind)) sendToMine(state, unit);
  else if (yard.rally !== NO_GOAL) {
    unit.order = Order.attack;
    unit.goal = yard.rally;
  }
}

/** A place beside the building, another one each time. */
function doorOf({ x, y }: FrozenUnit, tick: number): Point {
  for (let i = 0; i < DOORS.length; i++) {
    const door = DOORS[(tick + i) % DOORS.length]!;
    const at = { x: x + door.x * CELL, y: y + door.y * CELL };
    const isInside = at.x > 0 && at.y > 0 && at.x < FIELD.width && at.y < FIELD.height;
    if (isInside && IS_SOLID[cellAt(at.x, at.y)] === 0) return at;
  }
  return { x, y };
}

export function queueOf(state: FrozenState, seat: Seat, kind: number): number {
  let count = 0;
  for (const [id, { queue }] of state.yards)
    if (state.units[id]!.owner === seat) count += queue.filter((one) => one === kind).length;
  return count;
}
