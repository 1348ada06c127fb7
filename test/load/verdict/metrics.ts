/** Every figure of a run that can be shown and asserted: its name, its unit, and what it means. */
import type { CommandRefusal } from "../../../shared/engine/protocol/command-outcome.ts";

export type Unit = "ms" | "ticks" | "B/s" | "%" | "MB" | "";

interface Metric {
  readonly unit: Unit;
  readonly about: string;
}

/** Measured many times: percentiles, mean and extremes. */
export const DISTRIBUTIONS = {
  frame_lateness: { unit: "ms", about: "how long after its intended time a frame arrived" },
  frame_interarrival: { unit: "ms", about: "time between two frames in a row" },
  input_to_frame: { unit: "ms", about: "from sampling an own input to the arrival of the frame of its tick" },
  command_to_frame: {
    unit: "ms",
    about: "from giving a command to being told what a frame did with it: applied, or refused by the rules",
  },
  round_trip: { unit: "ms", about: "a ping and its answer" },
  join_time: { unit: "ms", about: "from the first request to being in step" },
  rejoin_time: { unit: "ms", about: "from the loss of a connection to being in step again" },
  rollback_depth: { unit: "ticks", about: "ticks stepped again in a rollback" },
  stall: { unit: "ms", about: "how long a world stood still because its prediction window was used up" },
  bytes_down: { unit: "B/s", about: "bytes a bot received in a second, WebSocket headers included, TCP and IP not" },
  bytes_up: { unit: "B/s", about: "bytes a bot sent in a second" },
  server_tick: { unit: "ms", about: "running mean of what a tick of a room costs, as the server says" },
  server_lateness: { unit: "ms", about: "running mean of how late a room closes its ticks, as the server says" },
  server_cpu: { unit: "%", about: "of one core, of the server that this command started" },
  server_delay: { unit: "ms", about: "worst event-loop delay of a second, of the server that this command started" },
  server_memory: { unit: "MB", about: "resident memory of the server that this command started" },
  server_heap: { unit: "MB", about: "heap in use, garbage included, of the server that this command started" },
  script_time: { unit: "%", about: "of one core, that what plays the bots of a process took" },
  generator_cpu: { unit: "%", about: "of one core, of each process that plays bots" },
  generator_delay: { unit: "ms", about: "how late the timer of a process that plays bots woke it" },
} as const satisfies Record<string, Metric>;

/** Counted. */
export const COUNTS = {
  frames: { unit: "", about: "frames that bots received" },
  joins: { unit: "", about: "bots that came into step" },
  join_failures: { unit: "", about: "joins that the server refused or did not answer; each is tried again" },
  churned: { unit: "", about: "bots that left and were replaced" },
  kills: { unit: "", about: "connections closed without a close frame, as when a page's process dies" },
  rejoins: { unit: "", about: "bots that came back into step after their connection was gone" },
  lost: { unit: "", about: "bots whose session ended though nobody wanted it" },
  script_errors: { unit: "", about: "bots that ended because what plays them threw, or wanted what is no input" },
  commands_given: { unit: "", about: "commands that bots gave" },
  commands_applied: { unit: "", about: "of them, told to be applied" },
  commands_refused: { unit: "", about: "of them, refused by the rules" },
  commands_too_many: { unit: "", about: "of them, refused because their seat gave too many in a short time" },
  commands_too_early: { unit: "", about: "of them, refused because they were for a tick too far ahead" },
  commands_late: { unit: "", about: "of them, dropped because they came too late, in a game that drops such" },
  commands_no_seat: { unit: "", about: "of them, refused because their giver had no seat" },
  commands_malformed: { unit: "", about: "of them, refused because they did not fit the server's declaration" },
  commands_away: { unit: "", about: "of them, refused at once because the connection was away" },
  commands_lost: { unit: "", about: "of them, told to be lost with a connection, or under way when their giver left" },
  commands_untold: { unit: "", about: "of them, of which nothing was told before the run ended" },
  rollbacks: { unit: "", about: "times a world was rolled back" },
  resimulated_ticks: { unit: "", about: "ticks stepped again in all rollbacks" },
  hash_checks: { unit: "", about: "digests compared with the server's, each a quarter of a second of worlds" },
  hash_mismatches: { unit: "", about: "digests that differed" },
  heals: { unit: "", about: "worlds mended by what differed" },
  snapshots: { unit: "", about: "snapshots taken over" },
  stalled_ms: { unit: "ms", about: "time in which worlds stood still, all bots together" },
  plane_changes: { unit: "", about: "times the server moved a bot to the other plane" },
  malformed: { unit: "", about: "messages that could not be read" },
  schedule_restarts: { unit: "", about: "times a room's ticks began anew after a standstill of more than a second" },
  not_in_step: { unit: "", about: "bots that were not in step when the run ended" },
} as const satisfies Record<string, Metric>;

/** What a command that is not applied counts as. */
export const COUNT_OF_REFUSAL = {
  "command/refused": "commands_refused",
  "command/too-many": "commands_too_many",
  "command/too-early": "commands_too_early",
  "command/late-dropped": "commands_late",
  "command/no-seat": "commands_no_seat",
  "command/malformed": "commands_malformed",
  "command/away": "commands_away",
  "command/lost": "commands_lost",
} as const satisfies Record<CommandRefusal, CountName>;

export type DistributionName = keyof typeof DISTRIBUTIONS;
export type CountName = keyof typeof COUNTS;
export const DISTRIBUTION_NAMES = Object.keys(DISTRIBUTIONS) as DistributionName[];
export const COUNT_NAMES = Object.keys(COUNTS) as CountName[];
export const METRIC_NAMES: readonly string[] = [...DISTRIBUTION_NAMES, ...COUNT_NAMES];

/** Known only of a server that is a child of this command. */
export const OWN_SERVER_ONLY: readonly string[] = ["server_cpu", "server_delay", "server_memory", "server_heap"];

/** Not there on the stream plane: nothing is stepped, so nothing is predicted, compared or answered there. */
export const LOCKSTEP_ONLY: readonly string[] = [
  "input_to_frame",
  "rollback_depth",
  "rollbacks",
  "resimulated_ticks",
  "hash_checks",
  "hash_mismatches",
  "heals",
  "snapshots",
  "stall",
  "stalled_ms",
];

export const isDistribution = (name: string): name is DistributionName => Object.hasOwn(DISTRIBUTIONS, name);
export const isCount = (name: string): name is CountName => Object.hasOwn(COUNTS, name);
