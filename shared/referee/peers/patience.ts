/** How far a client may fall behind before the room stops sending to it, and how long it may be silent (R14). */
import type { CloseName } from "../../engine/protocol/close-codes.ts";
import { Backpressure, type Pressure } from "./backpressure.ts";
import type { Member } from "./member.ts";
import type { Peer } from "./peer.ts";

/** A lockstep client so far behind is sent nothing more until it is heard again; then it gets the world as it is. */
const PARK_SECONDS = 10;
/** Hidden tabs are let run their timers once a minute only. */
const SILENCE_SECONDS = 150;
/** Colyseus's join has to be acknowledged by the client's SDK; who never does only keeps a seat from others. */
const JOIN_SECONDS = 15;
/** What may wait beside a whole world: frames, or patches, which are larger. */
const MOST_WAITING_BYTES = { lockstep: 256 * 1024, stream: 1024 * 1024 } as const;

/** "fine", "park", "resume" for a parked stream client whose socket is empty again, or the name to close with. */
export type Standing =
  | "fine"
  | "park"
  | "resume"
  | Extract<CloseName, "client/silent" | "client/too-slow" | "join/unacknowledged">;

/** Ticks that a lockstep client was sent, or is owed, and has not acknowledged. */
export function debtOf(member: Readonly<Member>, tick: number): number {
  return tick - Math.max(member.confirmedTick + member.delayTicks, member.broughtTick ?? tick);
}

/** What was written so far, and so many bytes that will be next, are large because the world is: they may wait while they become less. */
export function allowWhole(peer: Peer, member: Member, nextBytes = 0): void {
  member.pressure ??= new Backpressure(peer);
  member.pressure.allow(peer, nextBytes);
}

/** Judges a client at a tick. */
export function standingOf(peer: Peer, member: Member, tick: number, tickRate: number): Standing {
  if (!peer.isJoined) return tick - member.admittedTick > JOIN_SECONDS * tickRate ? "join/unacknowledged" : "fine";
  const pressure = pressureOf(peer, member, tickRate);
  if (pressure === "hopeless") return "client/too-slow";
  if (member.plane === "stream") {
    if (member.isParked) return member.pressure === undefined ? "resume" : "fine";
    return pressure === "high" ? "park" : "fine";
  }
  if (tick - member.heardTick > SILENCE_SECONDS * tickRate) return "client/silent";
  if (member.isParked || member.broughtTick === undefined) return "fine";
  const most = PARK_SECONDS * tickRate;
  const isInDebt = debtOf(member, tick) > most && member.pressure?.isCarrying(most) !== true;
  return isInDebt || pressure === "high" ? "park" : "fine";
}

/** Nothing is kept, and nothing more is looked at, of a client with an empty socket: nearly everybody, nearly always. */
function pressureOf(peer: Peer, member: Member, tickRate: number): Pressure {
  if (peer.bufferedBytes === 0) {
    member.pressure = undefined;
    return "fine";
  }
  member.pressure ??= new Backpressure(peer);
  return member.pressure.look(peer, tickRate, MOST_WAITING_BYTES[member.plane]);
}
