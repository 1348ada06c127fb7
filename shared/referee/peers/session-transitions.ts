/**
 * Transitions of a session: which state may follow which. Every change goes through `enter`.
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
import type { ClientSession } from "./client-session.ts";
import type { FrameBroadcast } from "./frame-broadcast.ts";
import { isSentFrames, type SessionState, type StateKind } from "./session-state.ts";

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

/** The list of clients that are sent each frame. */
export type Listeners = Pick<FrameBroadcast<never>, "listen" | "forget">;

/** Changes the state of a session, and what follows from it: who is sent frames, and that only lockstep can diverge. */
export function enter(session: ClientSession, next: SessionState, listeners: Listeners): void {
  const { state, peer } = session;
  assert(FOLLOWERS[state.kind].includes(next.kind), `session ${peer.id}: from ${state.kind} to ${next.kind}`);
  session.state = next;
  if (next.plane !== "lockstep") session.desync = undefined;
  const isListener = isSentFrames(next);
  if (isListener === isSentFrames(state)) return;
  if (isListener) listeners.listen(peer, session);
  else listeners.forget(peer);
}
