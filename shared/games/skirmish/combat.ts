/** Combat: whom a unit fights, how it comes near, and what a strike does. */
import type { TickContext } from "../../engine/index.ts";
import { gapSquare } from "./crowd.ts";
import { isFighter, KINDS, Kind } from "./kinds.ts";
import { crowd, goStraight, THINK_TICKS } from "./movement.ts";
import { type FrozenState, type FrozenUnit, NO_UNIT, Order, type State, type Unit } from "./schema.ts";
import { removeUnit } from "./units.ts";

/** Seen from farther than any can strike: six and a half cells. */
const SIGHT = 420;
/** A target is given up when it is so far away. */
const LOST = 560;
/** Somebody who has no target looks for one once in so many ticks, and somebody who has one for a nearer. */
const LOOK_TICKS = 2 * THINK_TICKS;
const LOOK_AGAIN_TICKS = 4 * THINK_TICKS;

/** Whether the unit is busy with an enemy: it then has its velocity from here. */
export function fight(state: State, unit: Unit, id: number, tick: number): boolean {
  const hasTarget = isTarget(state, unit, LOST);
  const isLost = unit.target !== NO_UNIT && !hasTarget;
  if (isLost || (tick + id) % (hasTarget ? LOOK_AGAIN_TICKS : LOOK_TICKS) === 0)
    unit.target = crowd.enemyOf(state, unit, SIGHT);
  if (unit.target === NO_UNIT) return false;
  const target = state.units[unit.target]!;
  const { range } = KINDS[unit.kind]!;
  if (gapSquare(unit, target) <= range * range) {
    unit.vx = 0;
    unit.vy = 0;
  } else goStraight(unit, target.x, target.y);
  return true;
}

/** Whether what it fights is there, an enemy, and not too far away: another unit may have taken a fallen one's place. */
function isTarget({ units }: FrozenState, unit: FrozenUnit, reach: number): boolean {
  const target = units[unit.target];
  if (target === undefined || target.kind === Kind.none || target.owner === unit.owner) return false;
  return gapSquare(unit, target) <= reach * reach;
}

/** Everybody who has an enemy in range strikes on its own beat. */
export function strike(state: State, { tick }: TickContext): void {
  const { units } = state;
  for (let id = 0; id < units.length; id++) {
    const unit = units[id]!;
    if (unit.target === NO_UNIT || unit.order === Order.build) continue;
    const { beat, range, damage } = KINDS[unit.kind]!;
    if (damage === 0 || (tick + id) % beat !== 0 || !isTarget(state, unit, range)) continue;
    hit(state, unit, damage);
  }
}

function hit(state: State, { target: id, owner }: Unit, damage: number): void {
  const target = state.units[id]!;
  if (target.health > damage) {
    target.health -= damage;
    return;
  }
  const winner = state.players.get(owner);
  const loser = state.players.get(target.owner);
  if (winner !== undefined) winner.kills += 1;
  if (loser !== undefined) loser.losses += 1;
  removeUnit(state, id);
}

/** A base shoots at who comes near it; fighters are told in their orders. */
export function guard(state: State, unit: Unit): void {
  if (unit.kind === Kind.base) unit.target = crowd.enemyOf(state, unit, KINDS[Kind.base]!.range);
}

export const mayFight = ({ kind, order }: FrozenUnit): boolean => isFighter(kind) && order !== Order.move;
