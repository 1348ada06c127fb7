/** The roster: who is in a room, as every client sees it in Colyseus's state. */
import type { Seat } from "../../shared/engine/game/game.ts";

/** The player or bot that holds a seat. */
export interface RosterEntry {
  readonly name: string;
  /** The name, and that its player is away if it is so: made once here and not in every draw. */
  readonly label: string;
  readonly kind: "player" | "bot";
  /** The connection dropped, the seat is held. */
  readonly isAway: boolean;
  /** A strict room waits for this one. */
  readonly isAwaited: boolean;
  readonly wantsPause: boolean;
}

/** By seat. */
export type Roster = ReadonlyMap<Seat, RosterEntry>;

/** The part of a room's state that every client sees. */
export interface RosterState {
  readonly phase: string;
  readonly spectators: number;
  readonly seats: Map<string, Omit<RosterEntry, "label"> & { readonly id: string }>;
}

/** An entry with its label. */
export const rosterEntry = (entry: Omit<RosterEntry, "label">): RosterEntry => ({
  ...entry,
  label: entry.isAway ? `${entry.name} (away)` : entry.name,
});

export function rosterOf(state: RosterState | undefined): Roster {
  const roster = new Map<Seat, RosterEntry>();
  state?.seats?.forEach(({ name, kind, isAway, isAwaited, wantsPause }, key) => {
    roster.set(Number(key), rosterEntry({ name, kind, isAway, isAwaited, wantsPause }));
  });
  return roster;
}

export function seatOf(state: RosterState | undefined, sessionId: string): Seat | undefined {
  let found: Seat | undefined;
  state?.seats?.forEach(({ id }, key) => {
    if (id === sessionId) found = Number(key);
  });
  return found;
}
