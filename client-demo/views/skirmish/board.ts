/** The board around the skirmish: how large everybody is, the clock, and the word when a match or a player ends. */
import { Kind } from "../../../shared/games/skirmish/kinds.ts";
import { TICK_RATE } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, NOBODY, Phase } from "../../../shared/games/skirmish/schema.ts";
import { type Board, nameOf, type Scene } from "../view.ts";

export function skirmishBoard(scene: Scene<FrozenState>): Board {
  const { state, tick } = scene;
  const counts = new Map<number, number>();
  for (const { kind, owner } of state.units) if (kind !== Kind.none) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  const rows = [...state.players]
    .map(([other, player]) => ({
      seat: other,
      score: counts.get(other) ?? 0,
      isOut: player.isOut,
      ...(player.wins > 0 ? { mark: `${player.wins}★` } : {}),
    }))
    .sort((a, b) => b.score - a.score || a.seat - b.seat);
  const callout = calloutOf(scene);
  return {
    rows,
    unit: "units",
    secondsLeft: Math.max(0, Math.ceil((state.phaseEndsAt - tick) / TICK_RATE)),
    ...(callout === undefined ? {} : { callout }),
  };
}

function calloutOf({ state, tick, seat, roster }: Scene<FrozenState>): Board["callout"] {
  if (state.phase === Phase.podium) {
    const detail = `Next match in ${Math.max(1, Math.ceil((state.phaseEndsAt - tick) / TICK_RATE))}`;
    if (state.winner === NOBODY || !state.players.has(state.winner)) return { title: "A draw", detail };
    return { title: state.winner === seat ? "Victory" : `${nameOf(roster, state.winner)} wins`, detail };
  }
  const own = seat === undefined ? undefined : state.players.get(seat);
  if (own === undefined || !own.isOut) return undefined;
  return { title: "Your last building fell", detail: "You are in again in the next match" };
}
