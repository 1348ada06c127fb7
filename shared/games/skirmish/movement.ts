/** Movement: where a unit wants to go, whom it yields to, and never through what is solid. */
import { clamp, PathGrid } from "../../engine/index.ts";
import { Crowd } from "./crowd.ts";
import { KINDS } from "./kinds.ts";
import { COLUMNS, cellAt, columnOf, FIELD, MINES, middleX, middleY, ROCKS, ROWS, rowOf } from "./map.ts";
import { type FrozenState, Order, type Unit } from "./schema.ts";
import { footprints } from "./units.ts";

/** A unit thinks once in so many ticks, not all of them in the same one, and keeps its velocity between. */
export const THINK_TICKS = 4;

const LOOK_AHEAD = 4;
const BORDER = 8;
/** Less of a push than this, in 64ths of a cell a tick, moves nobody who rests. */
const LEAST_PUSH = 2;

export const paths = new PathGrid({ columns: COLUMNS, rows: ROWS, blocked: [...ROCKS, ...MINES] });
export const crowd = new Crowd();

/** First of all in every step. */
export function lookAround(state: FrozenState): void {
  paths.rebuild(footprints(state));
  crowd.rebuild(state);
}

/** Straight there, by speed; slower at the end, so that nobody runs past it until the next thought. */
export function goStraight(unit: Unit, x: number, y: number): void {
  const dx = x - unit.x;
  const dy = y - unit.y;
  const distance = Math.sqrt(dx * dx + dy * dy);
  const speed = Math.min(KINDS[unit.kind]!.speed, distance / THINK_TICKS);
  // `| 0` turns -0, which no integer field holds, into 0.
  unit.vx = distance === 0 ? 0 : Math.round((dx * speed) / distance) | 0;
  unit.vy = distance === 0 ? 0 : Math.round((dy * speed) / distance) | 0;
}

/** By the shortest way, and straight where that is as short. False when this is its end, or when there is none. */
export function goTo(unit: Unit, goal: number): boolean {
  const cell = cellAt(unit.x, unit.y);
  const length = paths.length(cell, goal);
  if (length === 0 || length === Infinity) return false;
  if (length === straightLength(cell, goal)) {
    goStraight(unit, middleX(goal), middleY(goal));
    if (isClearAhead(unit, 8) && isClearAhead(unit, 16)) return true;
  }
  let ahead = cell;
  for (let i = 0; i < LOOK_AHEAD; i++) ahead = paths.stepFrom(ahead, goal);
  goStraight(unit, middleX(ahead), middleY(ahead));
  if (isClearAhead(unit, 6)) return true;
  const next = paths.stepFrom(cell, goal);
  goStraight(unit, middleX(next), middleY(next));
  return true;
}

/** As the path grid counts lengths, with nothing in between. */
function straightLength(from: number, to: number): number {
  const across = Math.abs(columnOf(from) - columnOf(to));
  const along = Math.abs(rowOf(from) - rowOf(to));
  return 5 * Math.max(across, along) + 2 * Math.min(across, along);
}

const isClearAhead = ({ x, y, vx, vy }: Unit, ticks: number): boolean => isOpen(x + ticks * vx, y + ticks * vy);

function isOpen(x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < FIELD.width && y < FIELD.height && paths.isOpen(cellAt(x, y));
}

/** After it has chosen its way: everybody steps aside, but for those who gather gold, who pass through the crowd. */
export function stepAside(unit: Unit, id: number): void {
  if (unit.order === Order.gather) return;
  crowd.elbow(unit, id);
  const { pushX, pushY } = crowd;
  if (unit.vx === 0 && unit.vy === 0 && Math.abs(pushX) + Math.abs(pushY) < LEAST_PUSH) return;
  const most = KINDS[unit.kind]!.speed;
  unit.vx = clamp(Math.round(unit.vx + pushX), -most, most) | 0;
  unit.vy = clamp(Math.round(unit.vy + pushY), -most, most) | 0;
}

/** Along what is solid, if not through it. Whoever stands where a building was put walks out of it. */
export function move(unit: Unit): void {
  const x = clamp(unit.x + unit.vx, BORDER, FIELD.width - BORDER);
  const y = clamp(unit.y + unit.vy, BORDER, FIELD.height - BORDER);
  const isHere = cellAt(x, y) === cellAt(unit.x, unit.y);
  if (isHere || isOpen(x, y) || !isOpen(unit.x, unit.y)) {
    unit.x = x;
    unit.y = y;
  } else if (isOpen(x, unit.y)) unit.x = x;
  else if (isOpen(unit.x, y)) unit.y = y;
}

/** Out of a building that was put onto it. */
export function leaveSolid(unit: Unit): boolean {
  const cell = cellAt(unit.x, unit.y);
  if (paths.isOpen(cell)) return false;
  const next = paths.stepFrom(cell, cell);
  goStraight(unit, middleX(next), middleY(next));
  return true;
}

export const isWithin = (unit: Unit, x: number, y: number, reach: number): boolean =>
  (unit.x - x) * (unit.x - x) + (unit.y - y) * (unit.y - y) <= reach * reach;
