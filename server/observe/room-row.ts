/** One room in figures: the row that the monitor shows, and what it adds to the totals of the process. */
import type { RoomRow } from "../../shared/monitor/feed.ts";
import type { RoomTally } from "./room-tally.ts";
import type { RoomView } from "./room-view.ts";
import type { PresentClient } from "./seat-rows.ts";

/** @param now how old the room is, and who is connected to it. */
export function rowOf<I, S>(
  room: RoomView<I, S>,
  now: { readonly ageSeconds: number; readonly present: ReadonlyMap<string, PresentClient> },
): RoomRow {
  const { match, meter, joins } = room;
  const { seats, sessions, hashes, game } = match;
  const clients = sessions.presence.here;
  const connections = [...now.present.values()].map(({ connection }) => connection);
  let away = 0;
  for (let seat = 0; seat < seats.count; seat++) if (seats.isAway(seat)) away++;
  return {
    id: room.roomId,
    game: game.name,
    phase: match.phase,
    tickRate: game.tickRate,
    ageSeconds: now.ageSeconds,
    ticks: meter.ticks,
    players: seats.held("player"),
    bots: seats.held("bot"),
    away,
    spectators: clients.filter(({ isSpectator }) => isSpectator).length,
    lockstep: clients.filter(({ state }) => state.plane === "lockstep").length,
    stream: clients.filter(({ state }) => state.plane === "stream").length,
    tickMs: meter.tickMs,
    latenessMs: meter.latenessMs,
    worstLatenessMs: meter.worstLatenessMs,
    receivedBytes: connections.reduce((sum, connection) => sum + (connection?.receivedBytes ?? 0), 0),
    sentBytes: connections.reduce((sum, connection) => sum + (connection?.sentBytes ?? 0), 0),
    hashChecks: hashes.counts.equal + hashes.counts.differs,
    desyncs: hashes.counts.differs,
    heals: sessions.healing.counts.byDifference + sessions.healing.counts.whole,
    drops: joins.counts.drop,
  };
}

/** Adds what a room has counted so far. */
export function addTo<I, S>(tally: RoomTally, { match, meter, joins }: RoomView<I, S>, skippedTicks: number): void {
  const { hashes, sessions, intake } = match;
  const { join, drop, return: returns, leave } = joins.counts;
  tally.add("phalanx_rooms_opened_total", 1);
  tally.add("phalanx_ticks_total", meter.ticks);
  tally.add("phalanx_ticks_skipped_total", skippedTicks);
  tally.add("phalanx_hash_checks_total", hashes.counts.equal + hashes.counts.differs);
  tally.add("phalanx_desyncs_total", hashes.counts.differs);
  tally.add("phalanx_joins_total", join);
  tally.add("phalanx_drops_total", drop);
  tally.add("phalanx_returns_total", returns);
  tally.add("phalanx_leaves_total", leave);
  tally.add("phalanx_parked_total", sessions.parked);
  tally.addEach("phalanx_heals_total", [
    ["difference", sessions.healing.counts.byDifference],
    ["whole", sessions.healing.counts.whole],
  ]);
  tally.addEach("phalanx_inputs_total", Object.entries(intake.counts));
  tally.addEach("phalanx_messages_total", sessions.answers);
  tally.durations.merge(meter.durations);
  tally.lateness.merge(meter.lateness);
}
