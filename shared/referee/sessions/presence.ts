/** Presence: one session for each participant who is here or may come back. It is the only book of that in a room. */
import { assert } from "../../engine/game/assert.ts";
import {
  type ClientSession,
  createClientSession,
  type PresentSession,
  type SessionOptions,
} from "../peers/client-session.ts";
import type { Peer } from "../peers/peer.ts";
import { AWAY } from "../peers/session-state.ts";
import { enter, type Listeners } from "../peers/session-transitions.ts";

export class Presence {
  /** By id, the newest client at the end. */
  readonly #sessions = new Map<string, ClientSession>();
  readonly #listeners: Listeners;
  #spectators = 0;

  constructor(listeners: Listeners) {
    this.#listeners = listeners;
  }

  /** All who take part. */
  get here(): readonly Readonly<PresentSession>[] {
    return [...this.#sessions.values()].filter(isPresent);
  }

  /** The number of connected spectators. */
  get spectators(): number {
    return this.#spectators;
  }

  /** The session of a participant, who may be away. */
  of(id: string): Readonly<ClientSession> | undefined {
    return this.#sessions.get(id);
  }

  /** The session of this very connection. */
  sessionOf(peer: Peer): ClientSession | undefined {
    const session = this.#sessions.get(peer.id);
    return session?.peer === peer ? session : undefined;
  }

  /** Calls a function for every session. Not an iterator, which allocates an object for each of them. */
  forEach(call: (session: ClientSession) => void): void {
    this.#sessions.forEach(call);
  }

  admit(peer: Peer, options: SessionOptions, tick: number): void {
    const before = this.#sessions.get(peer.id);
    assert(before === undefined || before.state.kind === "away", `${peer.id} has a connection already`);
    const session = createClientSession(peer, options, tick, before);
    this.#sessions.delete(peer.id);
    this.#sessions.set(peer.id, session);
    if (session.isSpectator) this.#spectators++;
  }

  /** A connection is gone; who had it may come back. False for one that was gone already. */
  dismiss(peer: Peer): boolean {
    const session = this.sessionOf(peer);
    if (session === undefined || session.state.kind === "away") return false;
    if (session.isSpectator) this.#spectators--;
    enter(session, AWAY, this.#listeners);
    return true;
  }

  /** A client that is away does not come back. */
  forget(id: string): void {
    if (this.#sessions.get(id)?.state.kind === "away") this.#sessions.delete(id);
  }
}

function isPresent(session: ClientSession): session is PresentSession {
  return session.state.plane !== undefined;
}
