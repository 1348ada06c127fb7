/** The arena's world, and what one seat can want in one tick, as schemas. */
import { atan2, type Frozen, type Plain, schema, TAU, t } from "../../engine/index.ts";

/**
 * 256 directions are finer than a hand holds a mouse (at 600 units, one is less than a player's radius) and cost a
 * quarter of a float32 on the wire; a hand that is still costs nothing.
 */
export const AIM_STEPS = 256;

/** Nobody's seat: seats go from 0 to 15. */
export const NOBODY = 255;

export const Phase = { fight: 0, podium: 1 } as const;

export const ArenaInput = schema(
  { dx: t.int8<-1 | 0 | 1>(), dy: t.int8<-1 | 0 | 1>(), aim: t.uint8(), fire: t.boolean() },
  "ArenaInput",
);

/** Moments are absolute ticks, not countdowns: a moment is written once and then costs no patch, a countdown one a tick. */
export const ArenaPlayer = schema(
  {
    x: t.uint16(),
    y: t.uint16(),
    vx: t.int16(),
    vy: t.int16(),
    // The last input: a view leans and turns with it, a bot holds it until it thinks again.
    moveX: t.int8<-1 | 0 | 1>(),
    moveY: t.int8<-1 | 0 | 1>(),
    aim: t.uint8(),
    isFiring: t.boolean(),
    health: t.uint8(),
    kills: t.uint16(),
    deaths: t.uint16(),
    wins: t.uint16(),
    loadedAt: t.uint32(),
    shieldUntil: t.uint32(),
    respawnAt: t.uint32(),
  },
  "ArenaPlayer",
);

export const ArenaBullet = schema(
  { x: t.uint16(), y: t.uint16(), aim: t.uint8(), owner: t.uint8(), fliesUntil: t.uint32() },
  "ArenaBullet",
);

export const ArenaState = schema(
  {
    players: t.map(ArenaPlayer),
    bullets: t.array(ArenaBullet),
    /** One tick for each of `MEDKITS`: from then on it lies there. */
    medkitsFrom: t.array("uint32"),
    phase: t.uint8<0 | 1>(),
    phaseEndsAt: t.uint32(),
    round: t.uint32(),
    /** Of the round before; `NOBODY` when it was a draw. */
    winner: t.uint8(),
  },
  "ArenaState",
);

export type Input = Plain<typeof ArenaInput>;
export type Player = Plain<typeof ArenaPlayer>;
export type Bullet = Plain<typeof ArenaBullet>;
export type State = Plain<typeof ArenaState>;
export type FrozenPlayer = Frozen<Player>;
export type FrozenState = Frozen<State>;

/** Clockwise on a screen, 0 to the right. */
export function radiansOf(aim: number): number {
  return (aim * TAU) / AIM_STEPS;
}

/** The nearest of the directions from here to there. */
export function aimAt(dx: number, dy: number): number {
  return Math.round((atan2(dy, dx) / TAU) * AIM_STEPS) & (AIM_STEPS - 1);
}
