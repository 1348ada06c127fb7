/** Every figure of the process and its rooms at this moment, from what rooms and connections have counted anyway. */
import type { Figure, Figures, JournalTrouble, RoomRow } from "../../shared/monitor/feed.ts";
import { METRICS, type MetricName } from "../../shared/monitor/metrics.ts";
import type { Readiness } from "../base/readiness.ts";
import { workerId } from "../base/worker-id.ts";
import type { RoomRegistry } from "../observe/room-registry.ts";
import type { Connections } from "../socket/connections.ts";
import type { ProcessMeter } from "./process-meter.ts";

export interface FigureSources {
  readonly registry: RoomRegistry;
  readonly connections: Connections;
  readonly readiness: Readiness;
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

function quantilesOf(values: number[]): Record<string, number> {
  const sorted = values.sort((a, b) => a - b);
  const at = (quantile: number): number => sorted[Math.floor((sorted.length - 1) * quantile)] ?? 0;
  return { "0.5": at(0.5), "0.95": at(0.95), "1": at(1) };
}

export interface Account {
  readonly figures: Figures;
  readonly rows: readonly RoomRow[];
  readonly journalTroubles: readonly JournalTrouble[];
}

/** Of this process: one at most. */
export const journalTroublesOf = ({ journalTrouble }: Readiness): readonly JournalTrouble[] =>
  journalTrouble === undefined ? [] : [{ worker: workerId, words: journalTrouble }];

/** @param meter whose event-loop delay is since it was asked last. */
export function accountOf({ registry, connections, readiness }: FigureSources, meter: ProcessMeter): Account {
  const rows = registry.rooms.map((room) => room.row());
  const tally = registry.tally();
  const { rss, heapUsed } = process.memoryUsage();
  const roundTrips = connections.open.flatMap(({ roundTripMs }) =>
    roundTripMs === undefined ? [] : roundTripMs / 1000,
  );
  const journalTroubles = journalTroublesOf(readiness);
  const games: Record<string, number> = {};
  for (const { game } of rows) games[game] = (games[game] ?? 0) + 1;
  const now: Partial<Record<MetricName, Figure>> = {
    phalanx_rooms: games,
    phalanx_players: sum(rows, ({ players }) => players),
    phalanx_players_away: sum(rows, ({ away }) => away),
    phalanx_bots: sum(rows, ({ bots }) => bots),
    phalanx_spectators: sum(rows, ({ spectators }) => spectators),
    phalanx_clients: {
      lockstep: sum(rows, ({ lockstep }) => lockstep),
      stream: sum(rows, ({ stream }) => stream),
    },
    phalanx_connections: connections.open.length,
    phalanx_round_trip_seconds: quantilesOf(roundTrips),
    phalanx_buffered_bytes: sum(connections.open, ({ bufferedBytes }) => bufferedBytes),
    phalanx_tick_lateness_seconds: tally.lateness.distribution,
    phalanx_tick_duration_seconds: tally.durations.distribution,
    phalanx_received_bytes_total: connections.receivedBytes,
    phalanx_sent_bytes_total: connections.sentBytes,
    phalanx_silent_connections_total: connections.silent,
    phalanx_journal_failing: { [workerId ?? 1]: journalTroubles.length },
    phalanx_faults_total: readiness.faults,
    phalanx_resident_memory_bytes: rss,
    phalanx_heap_used_bytes: heapUsed,
    phalanx_event_loop_delay_seconds: meter.takeDelay(),
    phalanx_cpu_seconds_total: meter.cpuSeconds,
  };
  const counted = (name: MetricName): Figure => {
    if ("label" in METRICS[name]) return Object.fromEntries(tally.labelled.get(name) ?? []);
    return tally.counts.get(name) ?? 0;
  };
  const names = Object.keys(METRICS) as MetricName[];
  const figures = Object.fromEntries(names.map((name) => [name, now[name] ?? counted(name)])) as Figures;
  return { figures, rows, journalTroubles };
}
