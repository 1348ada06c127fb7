/** An opponent worth playing against: it strafes, leads its shots, dodges, fetches medkits, and misses like a hand. */
import { cos, type Frozen, hypot, type Seat, sin, type TickContext, vec } from "../../engine/index.ts";
import { BULLET_SPEED, BULLET_TICKS, FULL_HEALTH, isShielded } from "./combat.ts";
import { clearFraction, MEDKITS, PLACES, type Point, UNIT } from "./map.ts";
import { MAX_SPEED } from "./movement.ts";
import { BODY_MARGIN, nextStop } from "./paths.ts";
import {
  AIM_STEPS,
  aimAt,
  type Bullet,
  type FrozenPlayer,
  type FrozenState,
  type Input,
  Phase,
  radiansOf,
} from "./schema.ts";

/** A fifth of a second, as people react; an input held in between costs one bit on the wire. */
const THINK_TICKS = 4;
const LOOK_AHEAD_TICKS = 6;
const GUN_RANGE = 0.8 * BULLET_SPEED * BULLET_TICKS;
const FIGHT_DISTANCE = 330 * UNIT;
const DODGE_DISTANCE = 60 * UNIT;
const SHAKE = 3; // directions of AIM_STEPS, to either side, twice
const STRAFE_TICKS = 30;
const WANDER_TICKS = 60;
const STEPS = [-1, 0, 1] as const;

interface Plan {
  readonly me: FrozenPlayer;
  readonly seat: Seat;
  readonly tick: number;
  /** Where to go; how far to stay from it. */
  readonly goal: Point;
  readonly distance: number;
  readonly threat: Frozen<Bullet> | undefined;
}

/** A bot has no memory but the world: between two thoughts it holds the input that the world says it gave last. */
export function think(state: FrozenState, seat: Seat, { tick, random }: TickContext): Input {
  const me = state.players.get(seat);
  if (me === undefined) return { dx: 0, dy: 0, aim: 0, fire: false };
  const held: Input = { dx: me.moveX, dy: me.moveY, aim: me.aim, fire: me.isFiring };
  const isThinking = (tick + seat) % THINK_TICKS === 0; // not all seats in the same tick
  if (!isThinking || me.health === 0) return held;

  const target = state.phase === Phase.fight ? findTarget(state, seat, tick) : undefined;
  const isInSight = target !== undefined && clearFraction(me, target, 0) === 1;
  const medkit = findMedkit(state, me, tick);
  const goal = medkit ?? target ?? wander(seat, tick);
  const isDuel = goal === target && isInSight;
  const move = bestMove({
    me,
    seat,
    tick,
    goal: isDuel ? goal : nextStop(me, goal),
    distance: isDuel ? FIGHT_DISTANCE : 0,
    threat: findThreat(state, seat, me),
  });
  if (target === undefined || !isInSight || vec.distance(me, target) > GUN_RANGE) {
    const isRunning = move.dx !== 0 || move.dy !== 0;
    return { ...move, aim: isRunning ? aimAt(move.dx, move.dy) : held.aim, fire: false }; // it looks where it runs
  }
  const shake = random.int(-SHAKE, SHAKE) + random.int(-SHAKE, SHAKE);
  const aim = (leadShot(me, target) + shake) & (AIM_STEPS - 1);
  return { ...move, aim, fire: !isShielded(target, tick) };
}

/** The nearest who can be hurt; one behind a wall counts as twice as far. */
function findTarget(state: FrozenState, seat: Seat, tick: number): FrozenPlayer | undefined {
  const me = state.players.get(seat)!;
  let target: FrozenPlayer | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [other, player] of state.players) {
    if (other === seat || player.health === 0) continue;
    const isWorse = isShielded(player, tick) || clearFraction(me, player, 0) < 1;
    const distance = vec.distance(me, player) * (isWorse ? 2 : 1);
    if (distance >= least) continue;
    least = distance;
    target = player;
  }
  return target;
}

/** The nearest medkit that lies there, for somebody who needs it. */
function findMedkit(state: FrozenState, me: FrozenPlayer, tick: number): Point | undefined {
  if (me.health > FULL_HEALTH / 2) return undefined;
  let nearest: Point | undefined;
  for (let i = 0; i < MEDKITS.length; i++) {
    const medkit = MEDKITS[i]!;
    if (tick < state.medkitsFrom[i]!) continue;
    if (nearest === undefined || vec.distance(me, medkit) < vec.distance(me, nearest)) nearest = medkit;
  }
  return nearest;
}

/** With nobody to fight: here and there. */
function wander(seat: Seat, tick: number): Point {
  return PLACES[mood(seat, Math.floor(tick / WANDER_TICKS), PLACES.length)]!;
}

/** A whim that lasts as long as `period` stays the same, 0 .. `count` - 1: chance that needs no memory. */
function mood(seat: Seat, period: number, count: number): number {
  return (Math.imul(period * 64 + seat + 1, 0x9e3779b1) >>> 8) % count;
}

/** The enemy bullet that will pass closest, if that is close. */
function findThreat(state: FrozenState, seat: Seat, me: FrozenPlayer): Frozen<Bullet> | undefined {
  let threat: Frozen<Bullet> | undefined;
  let closest = DODGE_DISTANCE;
  for (const bullet of state.bullets) {
    if (bullet.owner === seat) continue;
    const ahead = (me.x - bullet.x) * cos(radiansOf(bullet.aim)) + (me.y - bullet.y) * sin(radiansOf(bullet.aim));
    if (ahead < 0 || ahead > BULLET_SPEED * 2 * LOOK_AHEAD_TICKS) continue;
    const miss = missOf(bullet, me);
    if (miss >= closest) continue;
    closest = miss;
    threat = bullet;
  }
  return threat;
}

/** How far from a point a bullet's line passes. */
function missOf(bullet: Frozen<Bullet>, { x, y }: Point): number {
  const heading = radiansOf(bullet.aim);
  return Math.abs((x - bullet.x) * sin(heading) - (y - bullet.y) * cos(heading));
}

/** Tries all nine moves in thought and takes the one that ends best. */
function bestMove(plan: Plan): { dx: -1 | 0 | 1; dy: -1 | 0 | 1 } {
  let best: { dx: -1 | 0 | 1; dy: -1 | 0 | 1 } = { dx: 0, dy: 0 };
  let most = Number.NEGATIVE_INFINITY;
  for (const dx of STEPS) {
    for (const dy of STEPS) {
      const worth = worthOf(plan, dx, dy);
      if (worth <= most) continue;
      most = worth;
      best = { dx, dy };
    }
  }
  return best;
}

/** What a move is worth, in tenths of a unit of way. */
function worthOf({ me, seat, tick, goal, distance, threat }: Plan, dx: number, dy: number): number {
  const length = hypot(dx, dy) || 1;
  const farthest = MAX_SPEED * LOOK_AHEAD_TICKS;
  const reach = distance > 0 ? farthest : Math.min(farthest, vec.distance(me, goal)); // no fear of running past the goal
  const ahead = { x: me.x + me.vx + (dx / length) * reach, y: me.y + me.vy + (dy / length) * reach };
  let worth = -Math.abs(vec.distance(ahead, goal) - distance);
  worth -= (1 - clearFraction(me, ahead, BODY_MARGIN)) * 2 * reach;
  // A run must not lose sight of its goal, or the way back into sight and the way on would take turns for ever.
  if (distance === 0 && clearFraction(ahead, goal, BODY_MARGIN) < 1) worth -= farthest / 2;
  if (dx === me.moveX && dy === me.moveY) worth += 8 * UNIT; // no fidgeting between moves that are equally good
  if (distance > 0) {
    // Around the target, now to this side, now to that.
    const side = mood(seat, Math.floor(tick / STRAFE_TICKS), 2) === 0 ? 1 : -1;
    const around = (ahead.x - me.x) * (goal.y - me.y) - (ahead.y - me.y) * (goal.x - me.x);
    worth += (0.6 * side * around) / (vec.distance(me, goal) + 1);
  }
  if (threat !== undefined) worth += Math.min(missOf(threat, ahead), DODGE_DISTANCE);
  return worth;
}

/** Aims at where the target will be when the bullet arrives, if it goes on as it does. */
function leadShot(me: FrozenPlayer, target: FrozenPlayer): number {
  const flight = vec.distance(me, target) / BULLET_SPEED;
  return aimAt(target.x + target.vx * flight - me.x, target.y + target.vy * flight - me.y);
}
