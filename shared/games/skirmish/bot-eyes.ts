/** The eyes of the bot: what it sees of the world, its own by what they do, and the enemies that matter. */
import type { Seat } from "../../engine/index.ts";
import { isBuilding, isFighter, Kind } from "./kinds.ts";
import { CELL, type Point } from "./map.ts";
import { type FrozenState, type FrozenUnit, NO_UNIT, Order } from "./schema.ts";

/** An enemy so near to a building is an attack. */
const ALARM = 10 * CELL;
const HOME = 16 * CELL;

export interface Sight {
  readonly workers: number[];
  readonly idleWorkers: number[];
  /** Fighters that wait at home, that wait elsewhere, and that are on their way or in a fight. */
  readonly reserve: number[];
  readonly strays: number[];
  readonly army: number[];
  /** The first two of these together. */
  readonly resting: number[];
  /** Those that are finished, and those of any state. */
  readonly bases: number[];
  readonly barracks: number[];
  building: number;
  count: number;
  /** An enemy fighter at the own door. */
  intruder: FrozenUnit | undefined;
  intruders: number;
  readonly enemyBuildings: FrozenUnit[];
}

export function look(state: FrozenState, seat: Seat): Sight {
  const sight: Sight = {
    workers: [],
    idleWorkers: [],
    reserve: [],
    strays: [],
    army: [],
    resting: [],
    bases: [],
    barracks: [],
    building: 0,
    count: 0,
    intruder: undefined,
    intruders: 0,
    enemyBuildings: [],
  };
  for (const [id, unit] of state.units.entries()) if (unit.kind !== Kind.none) note(sight, unit, id, seat);
  const homes = [...sight.bases, ...sight.barracks].map((id) => state.units[id]!);
  for (const id of sight.resting)
    (homes.some((home) => isNear(home, state.units[id]!, HOME)) ? sight.reserve : sight.strays).push(id);
  for (const unit of state.units) {
    if (!isFighter(unit.kind) || unit.owner === seat) continue;
    if (!homes.some((home) => isNear(home, unit, ALARM))) continue;
    sight.intruder ??= unit;
    sight.intruders += 1;
  }
  return sight;
}

function note(sight: Sight, unit: FrozenUnit, id: number, seat: Seat): void {
  const { kind, order } = unit;
  if (unit.owner !== seat) {
    if (isBuilding(kind)) sight.enemyBuildings.push(unit);
    return;
  }
  sight.count += 1;
  if (isBuilding(kind) && order === Order.build) sight.building += 1;
  else if (kind === Kind.base) sight.bases.push(id);
  else if (kind === Kind.barracks) sight.barracks.push(id);
  else if (isFighter(kind)) (order === Order.rest && unit.target === NO_UNIT ? sight.resting : sight.army).push(id);
  else {
    if (order === Order.build) sight.building += 1;
    sight.workers.push(id);
    if (order === Order.rest) sight.idleWorkers.push(id);
  }
}

export const isNear = (a: Point, b: Point, reach: number): boolean =>
  (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) <= reach * reach;

export function nearestOf(from: Point, all: readonly FrozenUnit[]): FrozenUnit | undefined {
  let nearest: FrozenUnit | undefined;
  for (const one of all) if (nearest === undefined || squareTo(from, one) < squareTo(from, nearest)) nearest = one;
  return nearest;
}

const squareTo = (a: Point, b: Point): number => (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
