/** What a room says about itself: the rows of `/api/rooms`. */
import type { Match } from "../match/match.ts";
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
  /** How often a client fell so far behind that nothing was sent to it until it was heard again. */
  readonly parked: number;
  /** Client hashes compared, and how many differed. */
  readonly hashes: { readonly equal: number; readonly differs: number };
  /** Inputs and messages by what became of them. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly messages: Readonly<Record<string, number>>;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** @param room its id, its referee, its meter, and how many clients stream. */
export function reportOf<I, S>(room: {
  readonly id: string;
  readonly match: Match<I, S>;
  readonly meter: TickMeter;
  readonly streamClients: number;
}): RoomReport {
  const { match, meter } = room;
  const { game } = match;
  const { tick, hash } = match.hashes.latest ?? { tick: 0, hash: 0 };
  const { equal, differs } = match.hashes.counts;
  return {
    id: room.id,
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
    parked: match.reception.parked,
    hashes: { equal, differs },
    inputs: { ...match.intake.counts },
    messages: Object.fromEntries(match.reception.answers),
  };
}
