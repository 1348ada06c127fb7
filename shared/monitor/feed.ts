/**
 * The feed of the monitor: what the server pushes to its watchers once a second, and what a watcher may ask for. Plain
 * JSON.
 */
import type { MetricName } from "./metrics.ts";

/** How often values fell below each bound: `counts[i]` at or below `bounds[i]` and above the one before; the last above all. */
export interface Distribution {
  /** Ascending, in seconds. */
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  /** Of all values, in seconds. */
  readonly sum: number;
}

/** A number, numbers by label, or a distribution: see `METRICS` for which is which. */
export type Figure = number | Readonly<Record<string, number>> | Distribution;
export type Figures = Readonly<Record<MetricName, Figure>>;

/** One room. Everything that only grows is since the room was opened; bytes are those of the connections it has now. */
export interface RoomRow {
  readonly id: string;
  readonly game: string;
  readonly phase: "waiting" | "playing" | "paused";
  readonly tickRate: number;
  readonly ageSeconds: number;
  readonly ticks: number;
  readonly players: number;
  readonly bots: number;
  /** Seats held for players whose connection is gone. */
  readonly away: number;
  readonly spectators: number;
  /** Connected clients on each plane. */
  readonly lockstep: number;
  readonly stream: number;
  /** Running means and the worst, in milliseconds. */
  readonly tickMs: number;
  readonly latenessMs: number;
  readonly worstLatenessMs: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  readonly hashChecks: number;
  readonly desyncs: number;
  readonly heals: number;
  readonly drops: number;
}

export interface DesyncNote {
  readonly tick: number;
  readonly culprit: string;
  /** The first field that differed. */
  readonly path: string;
  readonly secondsAgo: number;
}

/** A participant of a room: a seat with its client, a seat with nobody connected to it, or a spectator. */
export interface SeatRow {
  /** Undefined for a spectator. */
  readonly seat: number | undefined;
  readonly id: string;
  readonly name: string;
  readonly kind: "player" | "bot" | "spectator";
  readonly isAway: boolean;
  /** Undefined for bots and for clients that are away. */
  readonly plane: "lockstep" | "stream" | undefined;
  /** Undefined before the first answered ping. */
  readonly roundTripMs: number | undefined;
  readonly acknowledgedTick: number;
  readonly behindTicks: number;
  readonly bufferedBytes: number;
  readonly desync: DesyncNote | undefined;
}

/** Why a process cannot write its matches down, in words. */
export interface JournalTrouble {
  /** Undefined where there is one process. */
  readonly worker: number | undefined;
  readonly words: string;
}

export const troubleSentence = ({ worker, words }: JournalTrouble): string =>
  worker === undefined ? words : `worker ${worker}: ${words}`;

/** Once a second to every watcher. */
export interface Push {
  /** Milliseconds of the server's monotonic clock: what rates are counted by. */
  readonly at: number;
  readonly uptimeSeconds: number;
  readonly figures: Figures;
  /** The fullest rooms first, `MOST_ROOMS` at most. */
  readonly rooms: readonly RoomRow[];
  /** Of every process that has one. */
  readonly journalTroubles: readonly JournalTrouble[];
}

/** Once a second to who watches a room; without seats when the room is gone. */
export interface RoomPush {
  readonly id: string;
  readonly seats: readonly SeatRow[] | undefined;
}

export const MOST_ROOMS = 200;

/** The room type of the monitor, and its messages: up `watch`, `kick`, `close`; down `push`, `room`. */
export const MONITOR_ROOM = "monitor";

/** The room to watch; nothing: none any more. */
export type WatchOrder = { readonly room: string | undefined };
export type KickOrder = { readonly room: string; readonly id: string };
export type CloseOrder = { readonly room: string };

/** Where the page finds its ticket for the monitor's room: `<meta name=...>`. */
export const TICKET_META = "phalanx-ticket";
