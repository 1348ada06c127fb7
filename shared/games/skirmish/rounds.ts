/** Matches: who begins where, who is out, who has won, and the next match. */
import { every, type Seat, type TickContext } from "../../engine/index.ts";
import { sendToMine } from "./economy.ts";
import { KINDS, Kind } from "./kinds.ts";
import { CELL, MINE_GOLD, MINES, STARTS, TICK_RATE } from "./map.ts";
import { type FrozenState, MOST_SEATS, NOBODY, Phase, type Player, type State } from "./schema.ts";
import { addUnit, middleOf, removeUnitsOf, roomNear } from "./units.ts";

export const MATCH_TICKS = 20 * 60 * TICK_RATE;
export const PODIUM_TICKS = 8 * TICK_RATE;
const FIRST_GOLD = 200;
const FIRST_WORKERS = 6;
const FARTHEST_START = 16;
const JUDGE_TICKS = TICK_RATE / 2;

export function newPlayer(state: FrozenState): Player {
  const taken = [...state.players.values()].map(({ corner }) => corner);
  const corner = [...Array(MOST_SEATS).keys()].find((one) => !taken.includes(one)) ?? 0;
  return { gold: FIRST_GOLD, corner, goals: [], isOut: false, kills: 0, losses: 0, wins: 0 };
}

/** A base in the player's corner, or as near to it as there is room, and its first workers. */
export function settleIn(state: State, seat: Seat, player: Player): void {
  player.gold = FIRST_GOLD;
  player.goals = [];
  player.kills = 0;
  player.losses = 0;
  const cell = roomNear(state, STARTS[player.corner]!, FARTHEST_START);
  player.isOut = cell === undefined;
  if (cell === undefined) return;
  const middle = middleOf(cell);
  addUnit(state, seat, Kind.base, middle);
  for (let i = 0; i < FIRST_WORKERS; i++) {
    const x = middle.x + ((i % 3) - 1) * CELL;
    const y = middle.y + (i < 3 ? 2 : -2) * CELL;
    const id = addUnit(state, seat, Kind.worker, { x, y });
    if (id !== undefined) sendToMine(state, state.units[id]!);
  }
}

export function advanceMatch(state: State, { tick }: TickContext): void {
  if (state.phase === Phase.podium) {
    if (tick >= state.phaseEndsAt) startMatch(state, tick);
    return;
  }
  if (!every(tick, JUDGE_TICKS)) return;
  for (const [seat, player] of state.players) {
    if (player.isOut || hasBuilding(state, seat)) continue;
    player.isOut = true;
    removeUnitsOf(state, seat);
  }
  const standing = [...state.players.keys()].filter((seat) => !state.players.get(seat)!.isOut);
  if (standing.length >= 2) state.isContested = true;
  const isDecided = state.isContested && standing.length <= 1;
  if (isDecided || tick >= state.phaseEndsAt)
    endMatch(state, tick, isDecided ? (standing[0] ?? NOBODY) : richest(state));
}

function hasBuilding(state: FrozenState, seat: Seat): boolean {
  for (const id of state.yards.keys()) if (state.units[id]!.owner === seat) return true;
  return false;
}

/** By what their units have cost; two who are equal draw. */
function richest(state: FrozenState): number {
  const worth = new Map([...state.players.keys()].map((seat) => [seat, 0]));
  for (const { kind, owner } of state.units) worth.set(owner, (worth.get(owner) ?? 0) + KINDS[kind]!.cost);
  const most = Math.max(...worth.values());
  const best = [...state.players.keys()].filter((seat) => worth.get(seat) === most);
  return best.length === 1 ? best[0]! : NOBODY;
}

function endMatch(state: State, tick: number, winner: number): void {
  state.phase = Phase.podium;
  state.phaseEndsAt = tick + PODIUM_TICKS;
  state.winner = winner;
  const champion = state.players.get(winner);
  if (champion !== undefined) champion.wins += 1;
}

function startMatch(state: State, tick: number): void {
  state.phase = Phase.fight;
  state.phaseEndsAt = tick + MATCH_TICKS;
  state.isContested = false;
  state.units.length = 0;
  state.yards.clear();
  state.mines = MINES.map(() => MINE_GOLD);
  for (const [seat, player] of state.players) settleIn(state, seat, player);
}
