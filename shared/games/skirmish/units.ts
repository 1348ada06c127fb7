/** Units that come and go: a new one takes the first empty place, and who falls leaves one. */
import type { Seat } from "../../engine/index.ts";
import { isBuilding, KINDS, Kind } from "./kinds.ts";
import {
  COLUMNS,
  cellAt,
  cellOf,
  columnOf,
  IS_SOLID,
  MINES,
  middleX,
  middleY,
  type Point,
  ROWS,
  rowOf,
} from "./map.ts";
import {
  type FrozenState,
  type FrozenUnit,
  MOST_SEATS,
  MOST_UNITS,
  NO_GOAL,
  NO_UNIT,
  Order,
  type State,
  type Unit,
} from "./schema.ts";

const MINE_CLEARANCE = 3;

/** All records alike, in the order of the schema: rules are quickest so. */
export function newUnit(): Unit {
  return {
    kind: Kind.none,
    owner: 0,
    health: 0,
    x: 0,
    y: 0,
    vx: 0,
    vy: 0,
    order: Order.rest,
    goal: NO_GOAL,
    target: NO_UNIT,
    carries: 0,
  };
}

/** The unit with this id if it is there and belongs to the seat. */
export function unitOf<U extends FrozenUnit>(units: readonly U[], seat: Seat, id: number): U | undefined {
  const unit = units[id];
  return unit !== undefined && unit.kind !== Kind.none && unit.owner === seat ? unit : undefined;
}

export function countOf(state: FrozenState, seat: Seat): number {
  let count = 0;
  for (const unit of state.units) if (unit.kind !== Kind.none && unit.owner === seat) count++;
  return count;
}

/** Its id; undefined when the seat has as many units as it may. */
export function addUnit(state: State, seat: Seat, kind: number, { x, y }: Point): number | undefined {
  if (countOf(state, seat) >= MOST_UNITS) return undefined;
  const empty = state.units.findIndex((unit) => unit.kind === Kind.none);
  const id = empty < 0 ? state.units.length : empty;
  if (id >= MOST_SEATS * MOST_UNITS) return undefined;
  const unit = newUnit();
  unit.kind = kind;
  unit.owner = seat;
  unit.health = KINDS[kind]!.health;
  unit.x = x;
  unit.y = y;
  state.units[id] = unit;
  if (isBuilding(kind)) state.yards.set(id, { queue: [], readyAt: 0, rally: NO_GOAL });
  return id;
}

/** The place stays empty until somebody takes it; empty places at the end of the list are given up. */
export function removeUnit(state: State, id: number): void {
  const { units } = state;
  units[id] = newUnit();
  state.yards.delete(id);
  while (units.length > 0 && units[units.length - 1]!.kind === Kind.none) units.length -= 1;
}

export function removeUnitsOf(state: State, seat: Seat): void {
  for (let id = state.units.length - 1; id >= 0; id--) if (state.units[id]?.owner === seat) removeUnit(state, id);
}

/** The cells that buildings cover. */
export function* footprints(state: FrozenState): Generator<number> {
  for (const id of state.yards.keys()) {
    const { x, y } = state.units[id]!;
    for (let i = 0; i < 9; i++) yield cellAt(x, y) + (i % 3) - 1 + COLUMNS * (Math.floor(i / 3) - 1);
  }
}

/** Whether a building can stand with its middle in this cell: one cell free all around it, and mines can be got at. */
export function hasRoom(state: FrozenState, cell: number): boolean {
  const [column, row] = [columnOf(cell), rowOf(cell)];
  if (column < 2 || row < 2 || column > COLUMNS - 3 || row > ROWS - 3) return false;
  for (let dy = -1; dy <= 1; dy++)
    for (let dx = -1; dx <= 1; dx++) if (IS_SOLID[cellOf(column + dx, row + dy)] === 1) return false;
  const isNear = (other: number, reach: number): boolean =>
    Math.abs(columnOf(other) - column) <= reach && Math.abs(rowOf(other) - row) <= reach;
  if (MINES.some((mine) => isNear(mine, MINE_CLEARANCE))) return false;
  for (const id of state.yards.keys()) {
    const { x, y } = state.units[id]!;
    if (isNear(cellAt(x, y), 3)) return false;
  }
  return true;
}

/** The nearest cell with room for a building, ring by ring. */
export function roomNear(state: FrozenState, cell: number, farthest: number): number | undefined {
  for (let ring = 0; ring <= farthest; ring++) {
    for (let dy = -ring; dy <= ring; dy++) {
      for (let dx = -ring; dx <= ring; dx++) {
        if (Math.max(Math.abs(dx), Math.abs(dy)) !== ring) continue;
        const [column, row] = [columnOf(cell) + dx, rowOf(cell) + dy];
        if (column < 0 || row < 0 || column >= COLUMNS || row >= ROWS) continue;
        if (hasRoom(state, cellOf(column, row))) return cellOf(column, row);
      }
    }
  }
  return undefined;
}

export const middleOf = (cell: number): Point => ({ x: middleX(cell), y: middleY(cell) });
