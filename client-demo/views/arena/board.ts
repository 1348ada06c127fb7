/** The board around the arena: ranks, clock, local health, and the word when a round or a life ends. */
import { FULL_HEALTH } from "../../../shared/games/arena/combat.ts";
import { TICK_RATE } from "../../../shared/games/arena/map.ts";
import { type FrozenState, NOBODY, Phase } from "../../../shared/games/arena/schema.ts";
import { type Board, type BoardRow, nameOf, type Scene } from "../view.ts";

/** A hit takes a quarter. */
const GAUGE_STEPS = 4;

export function arenaBoard(scene: Scene<FrozenState>): Board {
  const { state, tick, seat } = scene;
  const own = seat === undefined ? undefined : state.players.get(seat);
  const callout = calloutOf(scene);
  return {
    rows: rowsOf(state),
    unit: "kills",
    heading: `Round ${state.round}`,
    secondsLeft: Math.max(0, Math.ceil((state.phaseEndsAt - tick) / TICK_RATE)),
    ...(own === undefined
      ? {}
      : { gauge: { label: "Health", value: Math.ceil((own.health / FULL_HEALTH) * GAUGE_STEPS), of: GAUGE_STEPS } }),
    ...(callout === undefined ? {} : { callout }),
  };
}

function rowsOf(state: FrozenState): BoardRow[] {
  return [...state.players]
    .sort(([a, left], [b, right]) => right.kills - left.kills || left.deaths - right.deaths || a - b)
    .map(([seat, player]) => ({
      seat,
      score: player.kills,
      isOut: player.health === 0,
      ...(player.wins > 0 ? { mark: `${player.wins}★` } : {}),
    }));
}

function calloutOf({ state, tick, seat, roster }: Scene<FrozenState>): Board["callout"] {
  if (state.phase === Phase.podium) {
    const seconds = Math.max(1, Math.ceil((state.phaseEndsAt - tick) / TICK_RATE));
    const detail = `Next round in ${seconds}`;
    const champion = state.players.get(state.winner);
    if (state.winner === NOBODY || champion === undefined) return { title: `Round ${state.round} is a draw`, detail };
    const kills = `${champion.kills} ${champion.kills === 1 ? "kill" : "kills"}`;
    const who = state.winner === seat ? "You win" : `${nameOf(roster, state.winner)} wins`;
    return { title: `${who} round ${state.round}`, detail: `${kills} · ${detail.toLowerCase()}` };
  }
  const own = seat === undefined ? undefined : state.players.get(seat);
  if (own === undefined || own.health > 0) return undefined;
  return { title: "You are down", detail: `Back in ${Math.max(1, Math.ceil((own.respawnAt - tick) / TICK_RATE))}` };
}
