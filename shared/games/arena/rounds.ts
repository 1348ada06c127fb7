/** Rounds around the fight: who enters where, how a round ends, how the next begins. */
import type { TickContext } from "../../engine/index.ts";
import { FULL_HEALTH } from "./combat.ts";
import { PLACES, type Point, TICK_RATE } from "./map.ts";
import { NOBODY, Phase, type Player, type State } from "./schema.ts";

export const ROUND_TICKS = 90 * TICK_RATE;
export const PODIUM_TICKS = 6 * TICK_RATE;
export const SHIELD_TICKS = 1.5 * TICK_RATE;

/** Somebody who has not entered yet: out of the fight. */
export function newPlayer(): Player {
  return {
    x: 0,
    y: 0,
    vx: 0,
    vy: 0,
    moveX: 0,
    moveY: 0,
    aim: 0,
    isFiring: false,
    health: 0,
    kills: 0,
    deaths: 0,
    wins: 0,
    loadedAt: 0,
    shieldUntil: 0,
    respawnAt: 0,
  };
}

export function respawnFallen(state: State, context: TickContext): void {
  for (const player of state.players.values()) {
    if (player.health === 0 && context.tick >= player.respawnAt) enter(state, player, context);
  }
}

/** Fight, then podium, then the next fight. On the podium one may walk but not shoot. */
export function advanceRound(state: State, context: TickContext): void {
  if (context.tick < state.phaseEndsAt) return;
  if (state.phase === Phase.fight) endRound(state, context);
  else startRound(state, context);
}

function endRound(state: State, { tick }: TickContext): void {
  state.phase = Phase.podium;
  state.phaseEndsAt = tick + PODIUM_TICKS;
  state.winner = findWinner(state);
  state.bullets.length = 0;
  const champion = state.players.get(state.winner);
  if (champion !== undefined) champion.wins += 1;
}

function startRound(state: State, context: TickContext): void {
  state.phase = Phase.fight;
  state.phaseEndsAt = context.tick + ROUND_TICKS;
  state.round += 1;
  state.medkitsFrom.fill(context.tick);
  for (const player of state.players.values()) {
    player.kills = 0;
    player.deaths = 0;
    player.health = 0; // out first, all of them: a place is then judged only by who has entered already
  }
  for (const player of state.players.values()) enter(state, player, context);
}

/** Most kills, then fewest deaths; two who are equal in both draw. */
function findWinner(state: State): number {
  let winner = NOBODY;
  let best: Player | undefined;
  for (const [seat, player] of state.players) {
    const lead = best === undefined ? player.kills : player.kills - best.kills || best.deaths - player.deaths;
    if (lead === 0) winner = NOBODY;
    if (lead <= 0) continue;
    best = player;
    winner = seat;
  }
  return winner;
}

/** Puts a player who is out onto the emptiest place; chance decides between places equally empty. */
export function enter(state: State, player: Player, { tick, random }: TickContext): void {
  const first = random.int(0, PLACES.length - 1);
  let place = PLACES[first]!;
  let widest = -1;
  for (let i = 0; i < PLACES.length; i++) {
    const candidate = PLACES[(first + i) % PLACES.length]!;
    const room = roomAround(state, candidate);
    if (room <= widest) continue;
    place = candidate;
    widest = room;
  }
  player.x = place.x;
  player.y = place.y;
  player.vx = 0;
  player.vy = 0;
  player.health = FULL_HEALTH;
  player.shieldUntil = tick + SHIELD_TICKS;
}

/** Square of the distance to the nearest player in the fight. */
function roomAround(state: State, place: Point): number {
  let room = Number.POSITIVE_INFINITY;
  for (const player of state.players.values()) {
    if (player.health === 0) continue;
    const dx = player.x - place.x;
    const dy = player.y - place.y;
    room = Math.min(room, dx * dx + dy * dy);
  }
  return room;
}
