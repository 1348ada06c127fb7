/**
 * Presence in a room: lets connections in and out of all its parts at once. It keeps no book of its own: who is here,
 * who is away and who watches is what the match's sessions say.
 */
import type { Client } from "@colyseus/core";
import type { Match } from "../../shared/referee/match.ts";
import type { StreamPlane } from "../stream/stream-plane.ts";
import type { ChatService } from "./chat-service.ts";
import { ClientPeer, type PeerOptions } from "./client-peer.ts";
import type { MessageRouter } from "./message-router.ts";
import type { Returns } from "./returns/returns.ts";
import type { Participant, RoomNotes } from "./room-notes.ts";
import type { TickWork } from "./tick-work.ts";

export interface RoomPresenceOptions<I, S> {
  readonly match: Match<I, S>;
  readonly plane: StreamPlane<I, S>;
  readonly chat: ChatService;
  readonly router: MessageRouter<I, S>;
  readonly tick: Pick<TickWork<I, S>, "publishOrFault">;
  readonly notes: Pick<RoomNotes, "came">;
  readonly returns: Pick<Returns, "entryOf">;
  /** How far behind the present spectators see the match, in ticks. */
  readonly delayTicks: number;
  /** Colyseus's own reading of a message. */
  readonly passOn: (peer: ClientPeer, message: Buffer) => void;
}

export class RoomPresence<I, S> {
  readonly #options: RoomPresenceOptions<I, S>;
  /** By id, those who took part in another process, until they are here. */
  readonly #expected = new Map<string, PeerOptions>();

  constructor(options: RoomPresenceOptions<I, S>) {
    this.#options = options;
  }

  /** The connection of a participant who has one. */
  get(id: string): ClientPeer | undefined {
    const session = this.#options.match.sessions.presence.of(id);
    return session === undefined || session.state.kind === "away" ? undefined : ClientPeer.of(session.peer);
  }

  /** The new connection of a participant who was away, on the plane of before; undefined for anybody else. */
  returning(client: Client): ClientPeer | undefined {
    const wishes = this.#expected.get(client.sessionId);
    if (wishes !== undefined) return new ClientPeer(client, wishes);
    const session = this.#options.match.sessions.presence.of(client.sessionId);
    if (session?.state.kind !== "away") return undefined;
    return ClientPeer.of(session.peer)?.on(client, session.state.lastPlane);
  }

  /** The connections of all who take part. */
  *values(): Iterable<ClientPeer> {
    for (const session of this.#options.match.sessions.presence.here) {
      const peer = ClientPeer.of(session.peer);
      if (peer !== undefined) yield peer;
    }
  }

  /** Somebody took part while the room was another process's, and may come back. */
  expect({ id, wishes }: Participant): void {
    this.#expected.set(id, wishes);
  }

  /** Somebody has a connection, for the first time or again. */
  admit(peer: ClientPeer): void {
    this.#expected.delete(peer.id);
    const { match, plane, chat, router, tick, delayTicks, notes, returns, passOn } = this.#options;
    const { client, isSpectator, id, options: wishes } = peer;
    notes.came({ id, wishes, entry: returns.entryOf(id) });
    peer.socket.onFrame = (message, now) => {
      if (router.take(peer, message, now) === "for-colyseus") passOn(peer, message);
    };
    match.sessions.admit(peer, { ...peer.options, delayTicks: isSpectator ? delayTicks : 0 });
    if (peer.options.plane === "stream") {
      plane.add(client, isSpectator);
      plane.show(client);
    }
    chat.admit(peer, match.seats.seatOf(peer.id));
    tick.publishOrFault();
  }

  /** The connection of a participant is gone; undefined when it was gone already. */
  dismiss(id: string): ClientPeer | undefined {
    this.#expected.delete(id);
    const peer = this.get(id);
    if (peer === undefined) return undefined;
    this.#options.match.sessions.dismiss(peer);
    peer.socket.onFrame = undefined;
    this.#options.plane.remove(peer.client);
    return peer;
  }
}
