/** Movement of players: thrust against friction, shoulder against shoulder, and never through a wall. */
import { circlesOverlap, clamp, pushCircleFromCircle, type StepContext } from "../../engine/index.ts";
import { FIELD, TICK_RATE, UNIT, WALLS, type Wall } from "./map.ts";
import type { Input, Player, State } from "./schema.ts";

export const PLAYER_RADIUS = 18 * UNIT;

/** Per tick, as all speeds in the state. */
export const MAX_SPEED = (260 * UNIT) / TICK_RATE;

/**
 * The share of its velocity that a player keeps per tick. Two thirds of full speed after 3 ticks, a slide of 30 units
 * after letting go: weight that can be felt, without the lag of ice.
 */
const GRIP = 0.7;
const THRUST = MAX_SPEED * (1 - GRIP) + 0.5; // half a tenth makes up for rounding toward rest
const DIAGONAL = Math.sqrt(0.5);

/** No kick may carry a player further in a tick than a wall can push back. */
const KICK_LIMIT = PLAYER_RADIUS - UNIT;

export function movePlayers(state: State, { input }: StepContext<Input>): void {
  for (const [seat, player] of state.players) {
    const wish = input(seat);
    player.moveX = sign(wish.dx);
    player.moveY = sign(wish.dy);
    player.aim = wish.aim;
    player.isFiring = wish.fire;
    if (player.health > 0) drive(player);
  }
  pushPlayersApart(state);
  for (const player of state.players.values()) {
    if (player.health > 0) keepInside(player);
  }
}

/** Adds to a player's velocity, within what walls can stand. */
export function kick(player: Player, vx: number, vy: number): void {
  player.vx = clamp(player.vx + vx, -KICK_LIMIT, KICK_LIMIT) | 0;
  player.vy = clamp(player.vy + vy, -KICK_LIMIT, KICK_LIMIT) | 0;
}

function drive(player: Player): void {
  const thrust = player.moveX !== 0 && player.moveY !== 0 ? THRUST * DIAGONAL : THRUST;
  // `| 0` rounds toward rest, so a player does come to rest; it also turns -0, which no integer field holds, into 0.
  player.vx = (player.vx * GRIP + player.moveX * thrust) | 0;
  player.vy = (player.vy * GRIP + player.moveY * thrust) | 0;
  player.x += player.vx;
  player.y += player.vy;
}

/** Each two of them once. */
function pushPlayersApart({ players }: State): void {
  let before = 0;
  for (const player of players.values()) {
    before++;
    if (player.health === 0) continue;
    let i = 0;
    for (const other of players.values()) if (i++ >= before && other.health > 0) pushApart(player, other);
  }
}

/** Each of two that overlap gives way by half. Two on the very same spot part sideways. */
function pushApart(player: Player, other: Player): void {
  if (!circlesOverlap(player, PLAYER_RADIUS, other, PLAYER_RADIUS)) return;
  const push = pushCircleFromCircle(other, PLAYER_RADIUS, player, PLAYER_RADIUS);
  const pushX = Math.round(push.x / 2);
  const pushY = Math.round(push.y / 2);
  player.x -= pushX;
  player.y -= pushY;
  other.x += pushX;
  other.y += pushY;
}

/** Last of all that moves: whatever pushed a player, the tick ends with everybody inside the field and out of walls. */
function keepInside(player: Player): void {
  for (const wall of WALLS) leaveWall(player, wall);
  const x = clamp(player.x, PLAYER_RADIUS, FIELD.width - PLAYER_RADIUS);
  const y = clamp(player.y, PLAYER_RADIUS, FIELD.height - PLAYER_RADIUS);
  if (x !== player.x) player.vx = 0;
  if (y !== player.y) player.vy = 0;
  player.x = x;
  player.y = y;
}

/** Pushes a player that overlaps a wall straight out, and takes away only the velocity into it: one slides along. */
function leaveWall(player: Player, wall: Wall): void {
  const nearX = clamp(player.x, wall.left, wall.right);
  const nearY = clamp(player.y, wall.top, wall.bottom);
  const dx = player.x - nearX;
  const dy = player.y - nearY;
  const square = dx * dx + dy * dy;
  if (square >= PLAYER_RADIUS * PLAYER_RADIUS) return;
  if (square === 0) {
    leaveInside(player, wall);
    return;
  }
  const distance = Math.sqrt(square);
  const normalX = dx / distance;
  const normalY = dy / distance;
  player.x = Math.round(nearX + normalX * PLAYER_RADIUS);
  player.y = Math.round(nearY + normalY * PLAYER_RADIUS);
  const inward = player.vx * normalX + player.vy * normalY;
  if (inward >= 0) return;
  player.vx = (player.vx - inward * normalX) | 0;
  player.vy = (player.vy - inward * normalY) | 0;
}

/** A crowd can press someone's middle into a wall: out by the nearest side. */
function leaveInside(player: Player, wall: Wall): void {
  const right = wall.right - player.x;
  const bottom = wall.bottom - player.y;
  const sideways = Math.min(player.x - wall.left, right);
  const upOrDown = Math.min(player.y - wall.top, bottom);
  if (sideways < upOrDown) player.x = sideways === right ? wall.right + PLAYER_RADIUS : wall.left - PLAYER_RADIUS;
  else player.y = upOrDown === bottom ? wall.bottom + PLAYER_RADIUS : wall.top - PLAYER_RADIUS;
}

/** The declared -1 | 0 | 1 is a promise of the sender, and an int8 can say 100: a rule does not rely on it. */
function sign(value: number): -1 | 0 | 1 {
  return value > 0 ? 1 : value < 0 ? -1 : 0;
}
