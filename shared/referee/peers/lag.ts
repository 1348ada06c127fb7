/** How far a client may fall behind before the room stops sending to it, and how long it may be silent (R14). */
import type { CloseName } from "../../engine/protocol/close-codes.ts";
import { Backpressure, type Pressure } from "./backpressure.ts";
import type { ClientSession } from "./client-session.ts";
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
export type Lag =
  | "fine"
  | "park"
  | "resume"
  | Extract<CloseName, "client/silent" | "client/too-slow" | "join/unacknowledged">;

/** Ticks that a lockstep client was sent, or is owed, and has not acknowledged. */
export function debtOf(session: Readonly<ClientSession>, tick: number): number {
  return tick - Math.max(session.confirmedTick + session.delayTicks, session.broughtTick ?? tick);
}

/** What was written so far, and so many bytes that will be next, are large because the world is: they may wait while they become less. */
export function allowWhole(peer: Peer, session: ClientSession, nextBytes = 0): void {
  session.pressure ??= new Backpressure(peer);
  session.pressure.allow(peer, nextBytes);
}

/** Judges a client at a tick. */
export function judgeLag(peer: Peer, session: ClientSession, tick: number, tickRate: number): Lag {
  if (!peer.isJoined) return tick - session.admittedTick > JOIN_SECONDS * tickRate ? "join/unacknowledged" : "fine";
  const pressure = pressureOf(peer, session, tickRate);
  if (pressure === "hopeless") return "client/too-slow";
  if (session.plane === "stream") {
    if (session.isParked) return session.pressure === undefined ? "resume" : "fine";
    return pressure === "high" ? "park" : "fine";
  }
  if (tick - session.heardTick > SILENCE_SECONDS * tickRate) return "client/silent";
  if (session.isParked || session.broughtTick === undefined) return "fine";
  const most = PARK_SECONDS * tickRate;
  const isInDebt = debtOf(session, tick) > most && session.pressure?.isCarrying(most) !== true;
  return isInDebt || pressure === "high" ? "park" : "fine";
}

/** Nothing is kept, and nothing more is looked at, of a client with an empty socket: nearly everybody, nearly always. */
function pressureOf(peer: Peer, session: ClientSession, tickRate: number): Pressure {
  if (peer.bufferedBytes === 0) {
    session.pressure = undefined;
    return "fine";
  }
  session.pressure ??= new Backpressure(peer);
  return session.pressure.look(peer, tickRate, MOST_WAITING_BYTES[session.plane]);
}
