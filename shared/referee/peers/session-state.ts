/**
 * SessionState: how one client takes part right now, and which state may follow which. Every change goes through `enter`.
 *
 * | from         | to                                                                      |
 * |--------------|-------------------------------------------------------------------------|
 * | silent       | owed, transferring, live · streaming · closed, away                      |
 * | owed         | transferring, live, parked · streaming · closed, away                    |
 * | transferring | owed, transferring, live, parked · streaming · closed, away              |
 * | live         | owed, transferring, live, parked · streaming · closed, away              |
 * | parked       | owed, transferring, live · streaming · closed, away                      |
 * | streaming    | choked · silent · closed, away                                           |
 * | choked       | streaming · silent · closed, away                                        |
 * | closed       | away                                                                    |
 * | away         | nothing: who comes back has a new session                               |
 *
 * On the lockstep plane: `silent`, `owed`, `transferring`, `live`, `parked`; on the stream plane: `streaming`, `choked`.
 */
import { assert } from "../../engine/game/assert.ts";
import type { Plane } from "../../engine/protocol/plane.ts";
import type { FrameBroadcast, FrameReader } from "./frame-broadcast.ts";
import type { Peer } from "./peer.ts";

/** It is sent nothing before it says that it is ready. */
export interface Silent {
  readonly kind: "silent";
  readonly plane: "lockstep";
}

/** It waits for a snapshot: it had one not long ago, or there is none yet. */
export interface Owed {
  readonly kind: "owed";
  readonly plane: "lockstep";
  /** The tick at which it was last brought to the present; undefined before the first time. */
  readonly broughtTick: number | undefined;
  /** It was live, and is sent frames meanwhile. */
  readonly isLive: boolean;
}

/** A snapshot is on its way to it, in parts. */
export interface Transferring {
  readonly kind: "transferring";
  readonly plane: "lockstep";
  /** The tick at which it was last sent a part. */
  broughtTick: number;
  /** The tick that the snapshot is of. */
  readonly tick: number;
  readonly messages: readonly Uint8Array[];
  /** The first message that is not sent yet. */
  next: number;
}

/** It is sent every frame. */
export interface Live {
  readonly kind: "live";
  readonly plane: "lockstep";
  readonly broughtTick: number;
}

/** It fell too far behind: it is sent no frames and no snapshot until it is heard again (R14). */
export interface Parked {
  readonly kind: "parked";
  readonly plane: "lockstep";
  readonly broughtTick: number | undefined;
}

/** The transport sends it the world as patches. */
export interface Streaming {
  readonly kind: "streaming";
  readonly plane: "stream";
}

/** It reads too slowly: it is sent no patches until its socket is empty (R14). */
export interface Choked {
  readonly kind: "choked";
  readonly plane: "stream";
}

/** The referee has ended the connection, and the transport has not said yet that it is gone. */
export interface Closed {
  readonly kind: "closed";
  readonly plane: undefined;
  /** The plane it was on. */
  readonly lastPlane: Plane;
}

/** Its connection is gone; who it was may come back. */
export interface Away {
  readonly kind: "away";
  readonly plane: undefined;
  /** The plane it was on, where it goes on when it comes back. */
  readonly lastPlane: Plane;
}

export type SessionState = Silent | Owed | Transferring | Live | Parked | Streaming | Choked | Closed | Away;
/** Those of clients that take part. */
export type PresentState = Exclude<SessionState, Closed | Away>;
export type StateKind = SessionState["kind"];

export const SILENT: Silent = { kind: "silent", plane: "lockstep" };
export const STREAMING: Streaming = { kind: "streaming", plane: "stream" };
export const CHOKED: Choked = { kind: "choked", plane: "stream" };

/** The plane a client is on, or was on before its connection ended. */
export function lastPlaneOf(state: SessionState): Plane {
  return state.plane ?? state.lastPlane;
}

/** Whether a client in this state is sent each frame as it is closed. */
export function isSentFrames(state: SessionState): boolean {
  return state.kind === "live" || (state.kind === "owed" && state.isLive);
}

/** The tick at which a client was last brought to the present; undefined where it never was. */
export function broughtTickOf(state: SessionState): number | undefined {
  switch (state.kind) {
    case "owed":
    case "transferring":
    case "live":
    case "parked":
      return state.broughtTick;
    default:
      return undefined;
  }
}

const ENDS = ["closed", "away"] as const;
const BROUGHT = ["owed", "transferring", "live"] as const;

/** Which states may follow each: the table above. */
export const FOLLOWERS: Readonly<Record<StateKind, readonly StateKind[]>> = {
  silent: [...BROUGHT, "streaming", ...ENDS],
  owed: ["transferring", "live", "parked", "streaming", ...ENDS],
  transferring: [...BROUGHT, "parked", "streaming", ...ENDS],
  live: [...BROUGHT, "parked", "streaming", ...ENDS],
  parked: [...BROUGHT, "streaming", ...ENDS],
  streaming: ["choked", "silent", ...ENDS],
  choked: ["streaming", "silent", ...ENDS],
  closed: ["away"],
  away: [],
};

/** The part of a session that follows from its state. */
interface InState extends FrameReader {
  state: SessionState;
  readonly peer: Peer;
  /** The desync that is being looked into. */
  desync: unknown;
}

/** The list of clients that are sent each frame. */
export type Listeners = Pick<FrameBroadcast<never>, "listen" | "forget">;

/** Changes the state of a session, and what follows from it: who is sent frames, and that only lockstep can diverge. */
export function enter(session: InState, next: SessionState, listeners: Listeners): void {
  const { state, peer } = session;
  assert(FOLLOWERS[state.kind].includes(next.kind), `session ${peer.id}: from ${state.kind} to ${next.kind}`);
  session.state = next;
  if (next.plane !== "lockstep") session.desync = undefined;
  const isListener = isSentFrames(next);
  if (isListener === isSentFrames(state)) return;
  if (isListener) listeners.listen(peer, session);
  else listeners.forget(peer);
}
