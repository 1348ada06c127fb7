/** The rows of everyone in a room: every seat that is held, then the spectators. */
import type { SeatRow } from "../../shared/monitor/feed.ts";
import type { Match } from "../../shared/referee/match.ts";
import { debtOf } from "../../shared/referee/peers/lag.ts";
import type { Connection } from "../socket/connection.ts";
import type { DesyncNotes } from "./desync-notes.ts";

/** A client that is connected. */
export interface PresentClient {
  readonly connection: Connection | undefined;
  readonly name: string;
}

interface Crew<I, S> {
  readonly match: Match<I, S>;
  readonly desyncs: DesyncNotes;
}

export function seatRowsOf<I, S>(room: Crew<I, S>, present: ReadonlyMap<string, PresentClient>): SeatRow[] {
  const { seats } = room.match;
  const rows: SeatRow[] = [];
  for (let seat = 0; seat < seats.count; seat++) {
    const holder = seats.holder(seat);
    if (holder === undefined) continue;
    const { id, name, kind } = holder;
    rows.push({ seat, id, name, kind, isAway: seats.isAway(seat), ...standing(room, present, id) });
  }
  for (const { peer, isSpectator } of room.match.sessions.presence.here) {
    if (!isSpectator) continue;
    const { id } = peer;
    const name = present.get(id)?.name ?? "";
    rows.push({ seat: undefined, id, name, kind: "spectator", isAway: false, ...standing(room, present, id) });
  }
  return rows;
}

function standing<I, S>({ match, desyncs }: Crew<I, S>, present: ReadonlyMap<string, PresentClient>, id: string) {
  const session = match.sessions.presence.here.find(({ peer }) => peer.id === id);
  const note = desyncs.of(id);
  return {
    plane: session?.state.plane,
    roundTripMs: present.get(id)?.connection?.roundTripMs,
    acknowledgedTick: session?.lag.confirmedTick ?? 0,
    behindTicks: session?.state.plane === "lockstep" ? debtOf(session, match.world.tick) : 0,
    bufferedBytes: session?.peer.bufferedBytes ?? 0,
    desync: note && {
      tick: note.tick,
      culprit: note.culprit,
      path: note.path,
      secondsAgo: (performance.now() - note.at) / 1000,
    },
  };
}
