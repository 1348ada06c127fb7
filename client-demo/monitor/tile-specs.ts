/** The figures that the page shows, and their wording. */
import { age, megabytes, short, time } from "./format.ts";
import type { History } from "./history.ts";
import type { TileSpec } from "./tile.ts";

const latest = (values: readonly number[]): number => values.at(-1) ?? 0;
const perSecond = (history: History, ...args: Parameters<History["rate"]>): string => {
  const rate = history.rate(...args);
  return rate === undefined ? "–" : short(Math.round(rate * 10) / 10);
};
const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}`;

export const TILES: readonly TileSpec[] = [
  {
    label: "Rooms",
    metrics: ["phalanx_rooms", "phalanx_rooms_opened_total"],
    value: (history) => short(history.value("phalanx_rooms")),
    note: (history) =>
      `${short(history.value("phalanx_rooms_opened_total"))} opened in ${age(history.last?.uptimeSeconds ?? 0)}`,
    past: (history) => history.values("phalanx_rooms"),
  },
  {
    label: "Players",
    metrics: ["phalanx_players", "phalanx_players_away", "phalanx_bots", "phalanx_spectators"],
    value: (history) => short(history.value("phalanx_players")),
    note: (history) =>
      `${short(history.value("phalanx_players_away"))} away, ${short(history.value("phalanx_bots"))} bots, ${short(history.value("phalanx_spectators"))} watch`,
    past: (history) => history.values("phalanx_players"),
  },
  {
    label: "On lockstep",
    metrics: ["phalanx_clients", "phalanx_connections"],
    value: (history) => short(history.value("phalanx_clients", "lockstep")),
    note: (history) =>
      `${short(history.value("phalanx_clients", "stream"))} stream, ${short(history.value("phalanx_connections"))} sockets`,
    past: (history) => history.values("phalanx_clients", "lockstep"),
  },
  {
    label: "Ticks",
    metrics: ["phalanx_ticks_total", "phalanx_ticks_skipped_total"],
    value: (history) => perSecond(history, "phalanx_ticks_total"),
    unit: "per s",
    note: (history) => `${short(history.value("phalanx_ticks_skipped_total"))} given up`,
    past: (history) => history.rates("phalanx_ticks_total"),
  },
  {
    label: "A tick costs",
    metrics: ["phalanx_tick_duration_seconds"],
    value: (history) => time(latest(history.means("phalanx_tick_duration_seconds"))),
    note: () => "frame, step, hash, writes",
    past: (history) => history.means("phalanx_tick_duration_seconds"),
  },
  {
    label: "Ticks are late by",
    metrics: ["phalanx_tick_lateness_seconds"],
    value: (history) => time(latest(history.means("phalanx_tick_lateness_seconds"))),
    note: () => "mean of the last second",
    past: (history) => history.means("phalanx_tick_lateness_seconds"),
  },
  {
    label: "Down",
    metrics: ["phalanx_sent_bytes_total", "phalanx_buffered_bytes", "phalanx_parked_total"],
    value: (history) => perSecond(history, "phalanx_sent_bytes_total"),
    unit: "B/s",
    note: (history) =>
      `${short(history.value("phalanx_buffered_bytes"))} B wait, ${short(history.value("phalanx_parked_total"))} parked`,
    past: (history) => history.rates("phalanx_sent_bytes_total"),
  },
  {
    label: "Up",
    metrics: ["phalanx_received_bytes_total", "phalanx_messages_total"],
    value: (history) => perSecond(history, "phalanx_received_bytes_total"),
    unit: "B/s",
    note: (history) => `${perSecond(history, "phalanx_messages_total")} messages per s`,
    past: (history) => history.rates("phalanx_received_bytes_total"),
  },
  {
    label: "Inputs",
    metrics: ["phalanx_inputs_total"],
    value: (history) => perSecond(history, "phalanx_inputs_total"),
    unit: "per s",
    note: (history) => {
      const late = ["input/late-moved", "input/late-dropped"].map((label) =>
        history.value("phalanx_inputs_total", label),
      );
      return `${short(late[0]! + late[1]!)} were late, ${short(history.value("phalanx_inputs_total", "filled"))} filled`;
    },
    past: (history) => history.rates("phalanx_inputs_total"),
  },
  {
    label: "Round trip, median",
    metrics: ["phalanx_round_trip_seconds"],
    value: (history) => time(history.value("phalanx_round_trip_seconds", "0.5")),
    note: (history) =>
      `95 %: ${time(history.value("phalanx_round_trip_seconds", "0.95"))}, worst ${time(history.value("phalanx_round_trip_seconds", "1"))}`,
    past: (history) => history.values("phalanx_round_trip_seconds", "0.5"),
  },
  {
    label: "Hash checks",
    metrics: ["phalanx_hash_checks_total"],
    value: (history) => perSecond(history, "phalanx_hash_checks_total"),
    unit: "per s",
    note: (history) => `${short(history.value("phalanx_hash_checks_total"))} in all`,
    past: (history) => history.rates("phalanx_hash_checks_total"),
  },
  {
    label: "Desyncs",
    metrics: ["phalanx_desyncs_total", "phalanx_heals_total"],
    value: (history) => short(history.value("phalanx_desyncs_total")),
    note: (history) => `${short(history.value("phalanx_heals_total"))} healed`,
    past: (history) => history.rates("phalanx_desyncs_total"),
    isBad: (history) => history.value("phalanx_desyncs_total") > history.value("phalanx_heals_total"),
  },
  {
    label: "Joins",
    metrics: ["phalanx_joins_total", "phalanx_leaves_total"],
    value: (history) => short(history.value("phalanx_joins_total")),
    note: (history) => `${short(history.value("phalanx_leaves_total"))} left for good`,
    past: (history) => history.rates("phalanx_joins_total"),
  },
  {
    label: "Drops",
    metrics: ["phalanx_drops_total", "phalanx_returns_total", "phalanx_silent_connections_total"],
    value: (history) => short(history.value("phalanx_drops_total")),
    note: (history) =>
      `${short(history.value("phalanx_returns_total"))} came back, ${short(history.value("phalanx_silent_connections_total"))} were silent`,
    past: (history) => history.rates("phalanx_drops_total"),
  },
  {
    label: "Memory",
    metrics: ["phalanx_resident_memory_bytes", "phalanx_heap_used_bytes"],
    value: (history) => megabytes(history.value("phalanx_resident_memory_bytes")),
    note: (history) => `heap ${megabytes(history.value("phalanx_heap_used_bytes"))}`,
    past: (history) => history.values("phalanx_resident_memory_bytes"),
  },
  {
    label: "Event loop is late by",
    metrics: ["phalanx_event_loop_delay_seconds"],
    value: (history) => time(history.value("phalanx_event_loop_delay_seconds", "0.99")),
    note: (history) => `99 %; worst ${time(history.value("phalanx_event_loop_delay_seconds", "1"))}`,
    past: (history) => history.values("phalanx_event_loop_delay_seconds", "0.99"),
  },
  {
    label: "Processor",
    metrics: ["phalanx_cpu_seconds_total"],
    value: (history) => percent(history.rate("phalanx_cpu_seconds_total") ?? 0),
    unit: "% of a core",
    past: (history) => history.rates("phalanx_cpu_seconds_total"),
  },
  {
    label: "Journal",
    metrics: ["phalanx_journal_failing"],
    value: (history) => (history.value("phalanx_journal_failing") > 0 ? "failing" : "well"),
    note: (history) =>
      history.value("phalanx_journal_failing") > 0 ? "matches would not outlive it" : "of matches, on the disk",
    past: (history) => history.values("phalanx_journal_failing"),
    isBad: (history) => history.value("phalanx_journal_failing") > 0,
  },
  {
    label: "Faults",
    metrics: ["phalanx_faults_total"],
    value: (history) => short(history.value("phalanx_faults_total")),
    note: () => "bugs of the server; see its log",
    past: (history) => history.rates("phalanx_faults_total"),
    isBad: (history) => history.value("phalanx_faults_total") > 0,
  },
];
