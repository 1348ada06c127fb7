/** What the referee keeps about one connection: how much it may say, what it has acknowledged, what it is owed. */

import { MessageBudget } from "../../budget/message-budget.ts";
import type { Seat } from "../../engine/game/game.ts";
import type { Unwrapper } from "../../engine/protocol/parcel.ts";
import type { Plane } from "../../engine/protocol/plane.ts";
import type { Backpressure } from "./backpressure.ts";

export type { Plane } from "../../engine/protocol/plane.ts";

/** How somebody takes part. */
export interface SessionOptions {
  readonly plane: Plane;
  /** Somebody who only watches. */
  readonly watch?: boolean;
  /** How far behind the present everything is sent, in ticks; 0 for players. */
  readonly delayTicks?: number;
  /** What the client runs on, as it says itself. */
  readonly engine?: string;
  /** The logic hash of its rules, as it says itself, and whether it is known to be another one than the referee's. */
  readonly logic?: string | undefined;
  readonly isOtherBuild?: boolean;
}

/** A snapshot on its way to a client: messages not sent yet. */
export interface Transfer {
  readonly tick: number;
  readonly messages: readonly Uint8Array[];
  next: number;
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
  plane: Plane;
  /** As in its `SessionOptions`. */
  readonly isSpectator: boolean;
  readonly delayTicks: number;
  readonly engine: string;
  readonly logic: string | undefined;
  readonly budget: MessageBudget;
  /** Its seat when `Seats.revision` was this. */
  seat: Seat | undefined;
  seatRevision: number;
  /** Ticks the client has stepped with confirmed frames, as it says itself. */
  confirmedTick: number;
  /** Messages that could not be read. */
  malformed: number;
  /** The tick at which it was last brought to the present, and whether it waits for a snapshot. */
  broughtTick: number | undefined;
  isOwedSnapshot: boolean;
  transfer: Transfer | undefined;
  /** When it was let in, and when it was last heard, in ticks. */
  readonly admittedTick: number;
  heardTick: number;
  /** It fell too far behind: nothing is sent to it until it is heard again, or, if it streams, until its socket is empty. */
  isParked: boolean;
  /** While anything waits in its socket. */
  pressure: Backpressure | undefined;
  /** When a refusal was last explained to it, and when it last changed planes, in milliseconds. */
  explainedAt: number;
  movedAt: number;
  /** The desync being looked into, and the tick at which the last one was mended. */
  desync: DesyncCase | undefined;
  healedTick: number;
  /** How much it has diverged lately, when that was last counted, and until when it may not be in lockstep for it. */
  divergence: number;
  divergedTick: number;
  bannedUntilTick: number;
}

/** @param before the same participant on an earlier connection: what it did is not forgotten by dropping. */
export const createClientSession = (
  admission: SessionOptions,
  tick: number,
  before?: ClientSession,
): ClientSession => ({
  // What is looked at in every tick comes first: side by side in memory, it is fetched at once.
  plane: admission.plane,
  isOwedSnapshot: false,
  transfer: undefined,
  desync: undefined,
  broughtTick: undefined,
  confirmedTick: 0,
  heardTick: tick,
  isParked: false,
  pressure: undefined,
  delayTicks: admission.delayTicks ?? 0,
  // And then what is, with every message.
  budget: new MessageBudget(),
  malformed: 0,
  seat: undefined,
  seatRevision: -1,
  isSpectator: admission.watch ?? false,
  engine: admission.engine ?? "unknown",
  logic: admission.logic,
  admittedTick: tick,
  explainedAt: Number.NEGATIVE_INFINITY,
  movedAt: Number.NEGATIVE_INFINITY,
  healedTick: Number.NEGATIVE_INFINITY,
  divergence: before?.divergence ?? 0,
  divergedTick: before?.divergedTick ?? 0,
  // Other rules would only diverge.
  bannedUntilTick: admission.isOtherBuild === true ? Number.POSITIVE_INFINITY : (before?.bannedUntilTick ?? 0),
});
