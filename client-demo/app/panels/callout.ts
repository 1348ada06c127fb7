/** The message in the middle of the field: why nothing moves, and what would change that. */

import type { MatchSource } from "../../../client/match/match-source.ts";
import type { Roster, RosterEntry } from "../../../client/match/roster.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import type { Board } from "../../views/view.ts";

/** A stall that is shorter than this is no news, in milliseconds. */
const SHOWN_STALL_MS = 400;

interface Situation {
  readonly game: AnyGame;
  readonly source: MatchSource<unknown>;
  readonly roster: Roster;
}

/** What is to be said instead of what the game's view would say; undefined when all is well. */
export function calloutOf({ game, source, roster }: Situation): Board["callout"] {
  const { figures, phase } = source;
  if (phase === "paused") return { title: "Paused", detail: `${namesOf(roster, "wantsPause")} asked for a pause.` };
  const awaited = namesOf(roster, "isAwaited");
  if (awaited !== "")
    return { title: `Waiting for ${awaited}`, detail: "Every tick of this room waits for every seat." };
  if (source.isOnline && figures.stalledMs > SHOWN_STALL_MS)
    return { title: "The line is stuck", detail: "Nothing has come from the server for a moment." };
  if (phase !== "waiting") return undefined;
  const missing = game.seats.min - roster.size;
  return {
    title: "Waiting for players",
    detail: `${missing} more needed. Copy the invite link, or open it in a second window.`,
  };
}

/** What is said while the world is on its way; `progress` 0 .. 1. */
export const fetching = (progress: number): string =>
  progress > 0 && progress < 1 ? `Fetching the world: ${Math.floor(progress * 100)} %` : "Fetching the world";

function namesOf(roster: Roster, flag: "isAwaited" | "wantsPause"): string {
  const names = [...roster.values()].filter((entry: RosterEntry) => entry[flag]).map(({ name }) => name);
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
