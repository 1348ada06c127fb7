/** Combat between players: bullets, hits, falls, medkits. */
import { cos, pointInCircle, type Seat, type StepContext, sin, type TickContext } from "../../engine/index.ts";
import { clearFractionOf, MEDKITS, type Point, TICK_RATE, UNIT } from "./map.ts";
import { kick, PLAYER_RADIUS } from "./movement.ts";
import { AIM_STEPS, type Bullet, type Input, Phase, type Player, radiansOf, type State } from "./schema.ts";

export const FULL_HEALTH = 100;
export const BULLET_RADIUS = 4 * UNIT;
export const BULLET_SPEED = (700 * UNIT) / TICK_RATE;
export const BULLET_TICKS = 1.2 * TICK_RATE;
export const RELOAD_TICKS = TICK_RATE / 5;
export const RESPAWN_TICKS = 2 * TICK_RATE;
export const MEDKIT_RADIUS = 14 * UNIT;
export const MEDKIT_TICKS = 12 * TICK_RATE;

const BULLET_DAMAGE = 25;
const MEDKIT_HEALTH = 50;
const RECOIL = 1 * UNIT;
const IMPACT = 5 * UNIT;
const HIT_REACH = PLAYER_RADIUS + BULLET_RADIUS;
const HIT_RANGE = BULLET_SPEED + HIT_REACH;
/** How far a bullet flies in a tick, by its aim, in whole tenths of a unit: worked out once, there are only so many. */
const FLIGHTS: readonly Point[] = Array.from({ length: AIM_STEPS }, (_, aim) => ({
  x: Math.round(cos(radiansOf(aim)) * BULLET_SPEED) | 0,
  y: Math.round(sin(radiansOf(aim)) * BULLET_SPEED) | 0,
}));
const MEDKIT_REACH = PLAYER_RADIUS + MEDKIT_RADIUS;

export function isShielded(player: { readonly shieldUntil: number }, tick: number): boolean {
  return tick < player.shieldUntil;
}

/** Whoever holds the trigger and has loaded shoots, and gives up the protection of a fresh start by it. */
export function fireGuns(state: State, { tick, input }: StepContext<Input>): void {
  if (state.phase !== Phase.fight) return;
  for (const [seat, player] of state.players) {
    if (player.health === 0 || tick < player.loadedAt || !input(seat).fire) continue;
    player.loadedAt = tick + RELOAD_TICKS;
    player.shieldUntil = 0;
    // From the middle, not from the muzzle: a muzzle can stick through a wall.
    const { x, y, aim } = player;
    state.bullets.push({ x, y, aim, owner: seat, fliesUntil: tick + BULLET_TICKS });
    kick(player, -RECOIL * cos(radiansOf(aim)), -RECOIL * sin(radiansOf(aim)));
  }
}

/** Backwards, because a spent bullet's place is taken by the last one, which has flown already. */
export function flyBullets(state: State, { tick }: TickContext): void {
  const { bullets } = state;
  for (let i = bullets.length - 1; i >= 0; i--) {
    const bullet = bullets[i]!;
    if (fly(state, bullet, tick)) continue;
    bullets[i] = bullets[bullets.length - 1]!;
    bullets.length -= 1;
  }
}

export function takeMedkits(state: State, { tick }: TickContext): void {
  for (let i = 0; i < MEDKITS.length; i++) {
    if (tick < state.medkitsFrom[i]!) continue;
    for (const player of state.players.values()) {
      if (player.health === 0 || player.health === FULL_HEALTH) continue;
      if (!pointInCircle(player, MEDKITS[i]!, MEDKIT_REACH)) continue;
      player.health = Math.min(FULL_HEALTH, player.health + MEDKIT_HEALTH);
      state.medkitsFrom[i] = tick + MEDKIT_TICKS;
      break;
    }
  }
}

/** A seat's bullets go with it: a bullet must not score for whoever takes the seat next. */
export function removeBulletsOf(state: State, seat: Seat): void {
  const { bullets } = state;
  for (let i = bullets.length - 1; i >= 0; i--) {
    if (bullets[i]!.owner !== seat) continue;
    bullets[i] = bullets[bullets.length - 1]!;
    bullets.length -= 1;
  }
}

/** Moves a bullet by one tick; false when it is spent. The whole way of the tick counts: fast bullets skip nobody. */
function fly(state: State, bullet: Bullet, tick: number): boolean {
  const { x: vx, y: vy } = FLIGHTS[bullet.aim]!;
  const clear = clearFractionOf(bullet, vx, vy, 0);
  const shooter = state.players.get(bullet.owner);
  let victim: Player | undefined;
  let reached = clear;
  for (const player of state.players.values()) {
    const dx = player.x - bullet.x;
    const dy = player.y - bullet.y;
    if (Math.abs(dx) > HIT_RANGE || Math.abs(dy) > HIT_RANGE) continue; // most players: nowhere near
    if (player === shooter || player.health === 0) continue;
    // Where on its way the bullet is nearest to the player; a body behind a wall is beyond `clear`.
    const nearest = Math.max(0, Math.min((dx * vx + dy * vy) / (vx * vx + vy * vy), clear));
    const missX = dx - nearest * vx;
    const missY = dy - nearest * vy;
    if (missX * missX + missY * missY > HIT_REACH * HIT_REACH) continue;
    if (victim !== undefined && nearest >= reached) continue;
    victim = player;
    reached = nearest;
  }
  if (victim !== undefined) hit(state, { victim, bullet, tick, vx, vy });
  if (victim !== undefined || clear < 1 || tick >= bullet.fliesUntil) return false;
  bullet.x += vx;
  bullet.y += vy;
  return true;
}

interface Hit {
  readonly victim: Player;
  readonly bullet: Bullet;
  readonly tick: number;
  readonly vx: number;
  readonly vy: number;
}

function hit(state: State, { victim, bullet, tick, vx, vy }: Hit): void {
  if (isShielded(victim, tick)) return;
  kick(victim, (vx / BULLET_SPEED) * IMPACT, (vy / BULLET_SPEED) * IMPACT);
  victim.health = Math.max(0, victim.health - BULLET_DAMAGE);
  if (victim.health > 0) return;
  victim.deaths += 1;
  victim.vx = 0;
  victim.vy = 0;
  victim.respawnAt = tick + RESPAWN_TICKS;
  const shooter = state.players.get(bullet.owner);
  if (shooter !== undefined) shooter.kills += 1;
}
