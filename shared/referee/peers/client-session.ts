/**
 * The session of one client, as the referee keeps it: how much it may say, what it has acknowledged, what it is owed.
 */

import { MessageBudget } from "../../budget/token-bucket.ts";
import type { Seat } from "../../engine/game/game.ts";
import type { Unwrapper } from "../../engine/protocol/parcel.ts";
import type { Plane } from "../../engine/protocol/plane.ts";
import type { Backpressure } from "./backpressure.ts";
import type { Peer } from "./peer.ts";
import { type PresentState, type SessionState, SILENT, STREAMING } from "./session-state.ts";

export type { Plane } from "../../engine/protocol/plane.ts";

/** How a client takes part. */
export interface SessionOptions {
  readonly plane: Plane;
  /** A spectator. */
  readonly watch?: boolean;
  /** How far behind the present everything is sent, in ticks; 0 for players. */
  readonly delayTicks?: number;
  /** The client's platform, as it says itself. */
  readonly engine?: string;
  /** The logic hash of its rules, as it says itself, and whether it is known to be another one than the referee's. */
  readonly logic?: string | undefined;
  readonly isOtherBuild?: boolean;
}

/** How far behind a client is; moments in ticks. */
export interface LagFigures {
  /** Ticks the client has stepped with confirmed frames, as it says itself. */
  confirmedTick: number;
  /** When it was last heard, and when it was let in. */
  heardTick: number;
  readonly admittedTick: number;
  /** While anything waits in its socket. */
  pressure: Backpressure | undefined;
}

/** How much a client may ask for, and has. Moments in milliseconds. */
export interface Limits {
  readonly budget: MessageBudget;
  /** Messages that could not be read. */
  malformed: number;
  /** When a refusal was last explained to it, and when it last changed planes. */
  explainedAt: number;
  movedAt: number;
}

/** How much a client has diverged lately, when that was last counted, and until when it may not be in lockstep for it; in ticks. */
export interface DivergenceRecord {
  amount: number;
  countedTick: number;
  bannedUntilTick: number;
}

/** A desync of this client that is being looked into. */
export interface DesyncCase {
  /** The first tick at which its world differed, and the hash it says it had. */
  readonly tick: number;
  readonly claimed: number;
  /** When its world was asked for. */
  readonly askedTick: number;
  readonly unwrapper: Unwrapper;
}

export interface ClientSession {
  /** Replaced by `enter` only. */
  state: SessionState;
  /** The connection: the last one, of a client that is away. */
  readonly peer: Peer;
  readonly lag: LagFigures;
  /** The desync being looked into: on the lockstep plane only; and the tick at which the last one was mended. */
  desync: DesyncCase | undefined;
  healedTick: number;
  /** As in its `SessionOptions`. */
  readonly delayTicks: number;
  readonly isSpectator: boolean;
  /** Whether its participant has had no connection to this referee before. */
  isFirst: boolean;
  readonly engine: string;
  readonly logic: string | undefined;
  readonly limits: Limits;
  readonly divergence: DivergenceRecord;
  /** Its seat when `Seats.revision` was this. */
  seat: Seat | undefined;
  seatRevision: number;
}

/** One of a client that takes part: whose connection is neither gone nor ended by the referee. */
export interface PresentSession extends ClientSession {
  state: PresentState;
}

/** @param before the same participant on an earlier connection: what it did is not forgotten by dropping. */
export function createClientSession(
  peer: Peer,
  options: SessionOptions,
  tick: number,
  before?: { readonly divergence: Readonly<DivergenceRecord> },
): ClientSession {
  const divergence = { amount: 0, countedTick: 0, bannedUntilTick: 0, ...before?.divergence };
  // Other rules would only diverge.
  if (options.isOtherBuild === true) divergence.bannedUntilTick = Number.POSITIVE_INFINITY;
  return {
    // What every tick reads comes first: side by side in memory, it is fetched at once.
    state: options.plane === "stream" ? STREAMING : SILENT,
    peer,
    lag: { confirmedTick: 0, heardTick: tick, admittedTick: tick, pressure: undefined },
    desync: undefined,
    healedTick: Number.NEGATIVE_INFINITY,
    delayTicks: options.delayTicks ?? 0,
    isSpectator: options.watch ?? false,
    isFirst: true,
    engine: options.engine ?? "unknown",
    logic: options.logic,
    limits: {
      budget: new MessageBudget(),
      malformed: 0,
      explainedAt: Number.NEGATIVE_INFINITY,
      movedAt: Number.NEGATIVE_INFINITY,
    },
    divergence,
    seat: undefined,
    seatRevision: -1,
  };
}
