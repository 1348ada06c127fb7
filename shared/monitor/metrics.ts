/** Every figure a server tells about itself: one name for the monitor's page and for Prometheus. */

export interface Metric {
  /** A counter only grows while the process lives; a gauge is what is now. */
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  /** The label that tells its numbers apart. */
  readonly label?: string;
}

export const METRICS = {
  phalanx_rooms: { type: "gauge", label: "game", help: "open rooms" },
  phalanx_players: { type: "gauge", help: "seats held by players" },
  phalanx_players_away: { type: "gauge", help: "of these, held for players whose connection is gone" },
  phalanx_bots: { type: "gauge", help: "seats held by bots" },
  phalanx_spectators: { type: "gauge", help: "clients that only watch" },
  phalanx_clients: { type: "gauge", label: "plane", help: "connected clients by plane" },
  phalanx_connections: { type: "gauge", help: "open WebSockets" },
  phalanx_round_trip_seconds: {
    type: "gauge",
    label: "quantile",
    help: "round trips of all connections, by WebSocket ping",
  },
  phalanx_buffered_bytes: { type: "gauge", help: "bytes that wait to be written to sockets" },
  phalanx_rooms_opened_total: { type: "counter", help: "rooms opened" },
  phalanx_ticks_total: { type: "counter", help: "ticks closed" },
  phalanx_ticks_skipped_total: { type: "counter", help: "ticks given up after a standstill of the process" },
  phalanx_tick_lateness_seconds: { type: "histogram", help: "how late ticks are closed" },
  phalanx_tick_duration_seconds: { type: "histogram", help: "what a tick costs: inputs, frame, step, hash, writes" },
  phalanx_received_bytes_total: { type: "counter", help: "bytes read from WebSocket connections" },
  phalanx_sent_bytes_total: { type: "counter", help: "bytes written to WebSocket connections" },
  phalanx_inputs_total: { type: "counter", label: "verdict", help: "inputs by what became of them" },
  phalanx_messages_total: { type: "counter", label: "answer", help: "messages of clients by what became of them" },
  phalanx_hash_checks_total: { type: "counter", help: "state hashes of clients compared with the server's" },
  phalanx_desyncs_total: { type: "counter", help: "of these, hashes that differed" },
  phalanx_heals_total: { type: "counter", label: "by", help: "clients healed, by what differed or by the whole world" },
  phalanx_joins_total: { type: "counter", help: "clients that joined a room" },
  phalanx_drops_total: { type: "counter", help: "connections lost without a word; the seat is held" },
  phalanx_returns_total: { type: "counter", help: "clients that came back to their seat" },
  phalanx_leaves_total: { type: "counter", help: "clients gone for good" },
  phalanx_parked_total: { type: "counter", help: "clients so far behind that nothing was sent to them for a while" },
  phalanx_silent_connections_total: { type: "counter", help: "connections cut because nothing was heard from them" },
  phalanx_journal_failing: {
    type: "gauge",
    label: "worker",
    help: "1 while a process cannot write its journal: its matches would not outlive it; 0 otherwise",
  },
  phalanx_faults_total: { type: "counter", help: "bugs of the server that were contained; the log has them" },
  phalanx_resident_memory_bytes: { type: "gauge", help: "memory of the process" },
  phalanx_heap_used_bytes: { type: "gauge", help: "of it, JavaScript objects in use" },
  phalanx_event_loop_delay_seconds: {
    type: "gauge",
    label: "quantile",
    help: "how late timers of the process are, since the last time it was asked",
  },
  phalanx_cpu_seconds_total: { type: "counter", help: "processor time of the process" },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof METRICS;
