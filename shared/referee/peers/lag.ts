/**
 * The lag of a client: how far it may fall behind before the room stops sending to it, and how long it may be silent
 * (R14).
 */
import type { CloseName } from "../../engine/protocol/close-codes.ts";
import { Backpressure, type Pressure } from "./backpressure.ts";
import type { ClientSession, Plane } from "./client-session.ts";
import { broughtTickOf } from "./session-state.ts";

/** A lockstep client so far behind is sent nothing more until it is heard again; then it gets the world as it is. */
const PARK_SECONDS = 10;
/** Hidden tabs are let run their timers once a minute only. */
const SILENCE_SECONDS = 150;
/** Colyseus's join has to be acknowledged by the client's SDK; who never does only keeps a seat from others. */
const JOIN_SECONDS = 15;
/** The most that may wait beside a whole world: frames, or patches, which are larger. */
const MOST_WAITING_BYTES = { lockstep: 256 * 1024, stream: 1024 * 1024 } as const;

/** "fine", "park", "resume" for a parked stream client whose socket is empty again, or the name to close with. */
export type Lag =
  | "fine"
  | "park"
  | "resume"
  | Extract<CloseName, "client/silent" | "client/too-slow" | "join/unacknowledged">;

/** Ticks that a lockstep client was sent, or is owed, and has not acknowledged. */
export function debtOf({ state, lag, delayTicks }: Readonly<ClientSession>, tick: number): number {
  return tick - Math.max(lag.confirmedTick + delayTicks, broughtTickOf(state) ?? tick);
}

/** Everything written so far, and the next `nextBytes`, is large because the world is: it may wait while it becomes less. */
export function allowWhole({ peer, lag }: ClientSession, nextBytes: number): void {
  lag.pressure ??= new Backpressure(peer);
  lag.pressure.allow(peer, nextBytes);
}

/** Judges a client at a tick. */
export function judgeLag(session: ClientSession, tick: number, tickRate: number): Lag {
  const { peer, state, lag } = session;
  const { plane } = state;
  if (plane === undefined) return "fine";
  if (!peer.isJoined) return tick - lag.admittedTick > JOIN_SECONDS * tickRate ? "join/unacknowledged" : "fine";
  const pressure = pressureOf(session, plane, tickRate);
  if (pressure === "hopeless") return "client/too-slow";
  if (plane === "stream") {
    if (state.kind === "choked") return lag.pressure === undefined ? "resume" : "fine";
    return pressure === "high" ? "park" : "fine";
  }
  if (tick - lag.heardTick > SILENCE_SECONDS * tickRate) return "client/silent";
  if (state.kind === "parked" || broughtTickOf(state) === undefined) return "fine";
  const most = PARK_SECONDS * tickRate;
  const isInDebt = debtOf(session, tick) > most && lag.pressure?.isCarrying(most) !== true;
  return isInDebt || pressure === "high" ? "park" : "fine";
}

/** Nothing is kept, and nothing more is read, of a client with an empty socket: nearly everybody, nearly always. */
function pressureOf({ peer, lag }: ClientSession, plane: Plane, tickRate: number): Pressure {
  if (peer.bufferedBytes === 0) {
    lag.pressure = undefined;
    return "fine";
  }
  lag.pressure ??= new Backpressure(peer);
  return lag.pressure.look(peer, tickRate, MOST_WAITING_BYTES[plane]);
}
