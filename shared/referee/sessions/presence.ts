/** Presence: one session for each participant who is here or may come back. It is the only book of that in a room. */
import { assert } from "../../engine/game/assert.ts";
import {
  type ClientSession,
  createClientSession,
  type DivergenceRecord,
  type PresentSession,
  type SessionOptions,
} from "../peers/client-session.ts";
import type { Peer } from "../peers/peer.ts";
import { enter, type Listeners, lastPlaneOf } from "../peers/session-state.ts";

/** What outlives a referee: nobody gets rid of having diverged. */
export type SavedGrudge = Readonly<DivergenceRecord> & { readonly id: string };

export class Presence {
  /** By id, the newest client at the end. */
  readonly #sessions = new Map<string, ClientSession>();
  /** By id, of those who were here when the match was saved and have not come to this referee yet. */
  readonly #grudges = new Map<string, { readonly divergence: DivergenceRecord }>();
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
    const session = createClientSession(peer, options, tick, before ?? this.#grudges.get(peer.id));
    session.isFirst = before === undefined;
    this.#grudges.delete(peer.id);
    this.#sessions.delete(peer.id);
    this.#sessions.set(peer.id, session);
    if (session.isSpectator) this.#spectators++;
  }

  /** A connection is gone; who had it may come back. False for one that was gone already. */
  dismiss(peer: Peer): boolean {
    const session = this.sessionOf(peer);
    if (session === undefined || session.state.kind === "away") return false;
    if (session.isSpectator) this.#spectators--;
    enter(session, { kind: "away", plane: undefined, lastPlane: lastPlaneOf(session.state) }, this.#listeners);
    return true;
  }

  save(): SavedGrudge[] {
    return [...this.#grudges, ...this.#sessions].flatMap(([id, { divergence }]) => {
      // Another build is banned for ever, and anew whenever it comes.
      const isForEver = divergence.bannedUntilTick === Number.POSITIVE_INFINITY;
      const bannedUntilTick = isForEver ? 0 : divergence.bannedUntilTick;
      return divergence.amount + bannedUntilTick === 0 ? [] : { id, ...divergence, bannedUntilTick };
    });
  }

  load(saved: readonly SavedGrudge[]): void {
    for (const { id, ...divergence } of saved) this.#grudges.set(id, { divergence });
  }

  /** A client that is away does not come back. */
  forget(id: string): void {
    this.#grudges.delete(id);
    if (this.#sessions.get(id)?.state.kind === "away") this.#sessions.delete(id);
  }
}

function isPresent(session: ClientSession): session is PresentSession {
  return session.state.plane !== undefined;
}
