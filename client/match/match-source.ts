/**
 * A source of matches: what a page draws, and what its panels read, wherever the match is played. A session on a server is one
 * (`client/session`), a referee in the page itself another (`client/local`), a recording a third (`client/replay`).
 */
import type { Seat } from "../../shared/engine/game/game.ts";
import type { LockstepStats } from "../../shared/engine/lockstep/lockstep-stats.ts";
import type { CommandOutcome } from "../../shared/engine/protocol/command-outcome.ts";
import type { Plane, PlaneReason } from "../../shared/engine/protocol/plane.ts";
import type { ChatView } from "../chat/chat-view.ts";
import type { Picture } from "./picture.ts";
import type { Roster } from "./roster.ts";
import type { SessionEnd } from "./session-end.ts";

/** What a source tells, by name. */
export interface MatchEvents {
  /** Once, when the match is over for this client. */
  readonly end: readonly [end: SessionEnd];
  /** The connection dropped (false: it is coming back by itself), or is there again. */
  readonly online: readonly [isOnline: boolean];
  /** The server has moved this client to a plane, or answers a request. */
  readonly plane: readonly [plane: Plane, reason: PlaneReason];
  /** What the server has to say to a person: that it goes down soon. */
  readonly notice: readonly [message: string];
}

/** What the network panel shows of a match. */
export interface MatchFigures {
  /** Whether the world is here and is stepped by this client. */
  readonly isSynced: boolean;
  /** How much of the world that is under way has arrived, 0 .. 1. */
  readonly joinProgress: number;
  /** How far the drawn world is ahead of the confirmed one, in ticks. */
  readonly ticksAhead: number;
  /** Between sampling an input and the tick it is for, in ticks. */
  readonly inputDelay: number;
  /** How long the world has stood still because nothing is confirmed (R8), in milliseconds. */
  readonly stalledMs: number;
  readonly stats: Readonly<LockstepStats>;
  /** The round trip at `now` and how far the last ones lie apart, in milliseconds; undefined where there is none. */
  roundTripAt(now: number): { readonly ms: number; readonly spreadMs: number } | undefined;
  /** Bytes per second at `now`; undefined where nothing is sent. */
  ratesAt(now: number): { readonly up: number; readonly down: number } | undefined;
}

/** The world of a confirmed tick, of which everybody else has the same one. */
export interface ConfirmedState {
  readonly tick: number;
  hash(): number;
}

/** All times are those of one monotonic clock, in milliseconds; `S` is the game's state. */
export interface MatchSource<S> {
  /** Whether it is played with a server, without one, or was played and is shown again. */
  readonly kind: "network" | "offline" | "replay";
  /** The local seat; undefined before the first world, and for spectators. */
  readonly seat: Seat | undefined;
  /** "waiting", "playing" or "paused"; undefined before that is known. */
  readonly phase: string | undefined;
  readonly plane: Plane;
  /** Whether the connection is there; without a server it always is. */
  readonly isOnline: boolean;
  /** The number of spectators. */
  readonly spectators: number;
  readonly figures: MatchFigures;
  /** Undefined while this client has no confirmed world of its own: before the first one, and on the stream plane. */
  readonly confirmed: ConfirmedState | undefined;
  /** Undefined where there is nobody to talk to. */
  readonly chat: ChatView | undefined;
  /** To be set when the picture is hidden, and when it is seen again. */
  isHidden: boolean;
  /** The input delay that the player wishes for, in ticks; undefined: what game and line ask for. */
  inputDelayWish: number | undefined;
  /** Calls `listener` with every event of this name from now on; returns what ends it. */
  on<Name extends keyof MatchEvents>(name: Name, listener: (...told: MatchEvents[Name]) => void): () => void;
  roster(): Roster;
  /** What to draw at `now`; undefined while there is no world yet. */
  picture(now: number): Picture<S> | undefined;
  /** Brings the match to `now`; to be called once a draw. */
  advance(now: number): void;
  /**
   * Gives a command of the game, once: it is in the next picture, and in a frame soon.
   *
   * @returns what became of it: applied in a tick, or not, and why. At once when there is no connection or no seat.
   * @throws ValueError when there is no such command, or its fields do not fit.
   */
  give(name: string, fields?: unknown): Promise<CommandOutcome>;
  /** Says that this player wants a pause, or no longer. */
  wishPause(isWanted: boolean): void;
  /** There is reason to believe that a lost connection can be had again now. */
  hurry(): void;
  /** The page goes, and is perhaps kept by the browser; and is there again. */
  sleep(): void;
  wake(): void;
  /** Gives the seat up. */
  leave(): Promise<void>;
}
