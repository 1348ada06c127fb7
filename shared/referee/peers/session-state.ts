/** SessionState: how one client takes part right now; which state may follow which is in `session-transitions.ts`. */
import type { Plane } from "../../engine/protocol/plane.ts";

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
