/** The report of a room on itself: the rows of `/api/rooms`. Its clients are shown to operators only. */
import type { Match } from "../../shared/referee/match.ts";
import { debtOf } from "../../shared/referee/peers/lag.ts";
import type { SessionState } from "../../shared/referee/peers/session-state.ts";
import type { TickMeter } from "./tick-meter.ts";

/** One room, in plain JSON. Times in milliseconds. */
export interface RoomReport {
  readonly id: string;
  readonly game: string;
  readonly phase: "waiting" | "playing" | "paused";
  readonly tick: number;
  readonly tickRate: number;
  /** State hash at `tick`, eight hexadecimal digits. */
  readonly hash: string;
  readonly seats: { readonly max: number; readonly players: number; readonly bots: number };
  readonly streamClients: number;
  /** Running means, and the worst lateness so far. */
  readonly tickMs: number;
  readonly latenessMs: number;
  readonly worstLatenessMs: number;
  /** How desyncs were mended: by what differed, or by the whole world. */
  readonly healed: { readonly byDifference: number; readonly whole: number };
  /** How often a client fell so far behind that nothing was sent to it until it was heard again. */
  readonly parked: number;
  /** Client hashes compared, and how many differed. */
  readonly hashes: { readonly equal: number; readonly differs: number };
  /** Inputs and messages by what became of them. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly messages: Readonly<Record<string, number>>;
}

/** The same for operators. */
export interface FullReport extends RoomReport {
  /** Joined by its id only. */
  readonly isPrivate: boolean;
  /** Everybody who is connected. */
  readonly clients: readonly ClientReport[];
}

/** How one client is doing. */
export interface ClientReport {
  readonly id: string;
  readonly seat: number | undefined;
  readonly plane: "lockstep" | "stream";
  /** Ticks it has stepped with confirmed frames, as it says itself, and how many it owes. */
  readonly confirmedTick: number;
  readonly behindTicks: number;
  /** What waits in its socket, and what of a snapshot waits to be sent: all that a slow client costs. */
  readonly bufferedBytes: number;
  readonly transferBytes: number;
  readonly isParked: boolean;
}

function clientsOf<I, S>({ sessions, seats, world }: Match<I, S>): ClientReport[] {
  return sessions.presence.here.map((session) => ({
    id: session.peer.id,
    seat: seats.seatOf(session.peer.id),
    plane: session.state.plane,
    confirmedTick: session.lag.confirmedTick,
    behindTicks: session.state.plane === "lockstep" ? debtOf(session, world.tick) : 0,
    bufferedBytes: session.peer.bufferedBytes,
    transferBytes: waitingBytes(session.state),
    isParked: session.state.kind === "parked" || session.state.kind === "choked",
  }));
}

function waitingBytes(state: SessionState): number {
  if (state.kind !== "transferring") return 0;
  return state.messages.slice(state.next).reduce((sum, { length }) => sum + length, 0);
}

/** The part of it that anybody may know. */
export function withoutClients({ clients: _clients, isPrivate: _isPrivate, ...report }: FullReport): RoomReport {
  return report;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** @param room its id, its referee, its meter, and how many clients stream. */
export function reportOf<I, S>(room: {
  readonly id: string;
  readonly match: Match<I, S>;
  readonly meter: TickMeter;
  readonly streamClients: number;
  readonly isPrivate: boolean;
}): FullReport {
  const { match, meter } = room;
  const { game } = match;
  const { tick, hash } = match.hashes.latest ?? { tick: 0, hash: 0 };
  const { equal, differs } = match.hashes.counts;
  return {
    id: room.id,
    isPrivate: room.isPrivate,
    game: game.name,
    phase: match.phase,
    tick,
    tickRate: game.tickRate,
    hash: hash.toString(16).padStart(8, "0"),
    seats: { max: game.seats.max, players: match.seats.held("player"), bots: match.seats.held("bot") },
    streamClients: room.streamClients,
    tickMs: round(meter.tickMs),
    latenessMs: round(meter.latenessMs),
    worstLatenessMs: round(meter.worstLatenessMs),
    clients: clientsOf(match),
    healed: { ...match.sessions.healing.counts },
    parked: match.sessions.parked,
    hashes: { equal, differs },
    inputs: { ...match.intake.counts },
    messages: Object.fromEntries(match.sessions.answers),
  };
}
