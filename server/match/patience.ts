/** How far a client may fall behind before the room stops sending to it, and how long it may be silent (R14). */
import type { CloseName } from "../../shared/engine/protocol/close-codes.ts";
import type { Member } from "./member.ts";
import type { Peer } from "./peer.ts";

/** A lockstep client so far behind is sent nothing more until it is heard again; then it gets the world as it is. */
const PARK_SECONDS = 10;
const PARK_BUFFERED_BYTES = 256 * 1024;
/** Hidden tabs are let run their timers once a minute only. */
const SILENCE_SECONDS = 150;
/** Colyseus's join has to be acknowledged by the client's SDK; who never does only keeps a seat from others. */
const JOIN_SECONDS = 15;
/** A stream client has nothing to acknowledge; what waits in its socket is all there is to go by. */
const STREAM_BUFFERED_BYTES = 1024 * 1024;

/** "fine", "park", or the name to close with. */
export type Standing =
  | "fine"
  | "park"
  | Extract<CloseName, "client/silent" | "client/too-slow" | "join/unacknowledged">;

/** Ticks that a lockstep client was sent, or is owed, and has not acknowledged. */
export function debtOf(member: Readonly<Member>, tick: number): number {
  return tick - Math.max(member.confirmedTick + member.delayTicks, member.broughtTick ?? tick);
}

/** Judges a client at a tick. The buffer alone says little: the kernel takes some megabytes before it grows. */
export function standingOf(peer: Peer, member: Member, tick: number, tickRate: number): Standing {
  if (!peer.isJoined) return tick - member.admittedTick > JOIN_SECONDS * tickRate ? "join/unacknowledged" : "fine";
  if (member.plane === "stream") return peer.bufferedBytes > STREAM_BUFFERED_BYTES ? "client/too-slow" : "fine";
  if (tick - member.heardTick > SILENCE_SECONDS * tickRate) return "client/silent";
  if (member.isParked || member.broughtTick === undefined) return "fine";
  const behind = debtOf(member, tick);
  return behind > PARK_SECONDS * tickRate || peer.bufferedBytes > PARK_BUFFERED_BYTES ? "park" : "fine";
}
