/** The selection: which of the own units are chosen, and which unit is under a finger. */
import { MOST_CHOSEN } from "../../../shared/games/skirmish/commands.ts";
import { isBuilding, isFighter, KINDS, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { CELL } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, type FrozenUnit, Order } from "../../../shared/games/skirmish/schema.ts";
import type { Point } from "../view.ts";
import type { UnitMotion } from "./unit-motion.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export class Selection {
  readonly chosen = new Set<number>();

  /** Those who fell are chosen no longer. */
  prune({ units }: FrozenState, seat: number | undefined): void {
    for (const id of this.chosen) {
      const unit = units[id];
      if (unit === undefined || unit.kind === Kind.none || unit.owner !== seat) this.chosen.delete(id);
    }
  }

  /** Ascending: a list in order is a byte a unit on the wire. */
  ids(state: FrozenState, fits: (unit: FrozenUnit) => boolean = () => true): number[] {
    const ids = [...this.chosen].filter((id) => state.units[id] !== undefined && fits(state.units[id]!));
    return ids.sort((a, b) => a - b).slice(0, MOST_CHOSEN);
  }

  choose(ids: Iterable<number>, isAdded: boolean): void {
    if (!isAdded) this.chosen.clear();
    for (const id of ids) this.chosen.add(id);
  }
}

/** Fighters before workers, and buildings only where nothing else is in the box. */
export function unitsIn(state: FrozenState, motion: UnitMotion, seat: number, box: Box): number[] {
  const inside: number[] = [];
  for (const [id, unit] of state.units.entries()) {
    if (unit.kind === Kind.none || unit.owner !== seat) continue;
    const [x, y] = [motion.xs[id]!, motion.ys[id]!];
    if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) inside.push(id);
  }
  const kindOf = (id: number): number => state.units[id]!.kind;
  const fighters = inside.filter((id) => isFighter(kindOf(id)));
  if (fighters.length > 0) return fighters;
  const movers = inside.filter((id) => !isBuilding(kindOf(id)));
  return movers.length > 0 ? movers : inside;
}

/** The unit whose edge is nearest to a place, within `slack` cells. */
export function unitAt(
  state: FrozenState,
  motion: UnitMotion,
  at: Point,
  slack: number,
  fits: (unit: FrozenUnit) => boolean,
): number | undefined {
  let nearest: number | undefined;
  let least = slack;
  for (const [id, unit] of state.units.entries()) {
    if (unit.kind === Kind.none || !fits(unit)) continue;
    const half = KINDS[unit.kind]!.half / CELL;
    const dx = Math.max(0, Math.abs(motion.xs[id]! - at.x) - half);
    const dy = Math.max(0, Math.abs(motion.ys[id]! - at.y) - half);
    const far = Math.hypot(dx, dy);
    if (far >= least) continue;
    least = far;
    nearest = id;
  }
  return nearest;
}

export const isIdleWorker = ({ kind, order }: FrozenUnit): boolean => kind === Kind.worker && order === Order.rest;
