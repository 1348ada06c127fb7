/**
 * The returns to a seat: a client that shows the session's ticket gets it back, even while its old connection is still
 * there. Colyseus's own tokens change with every connection, so a page that dies before it has stored the new one has
 * none; they are worth nothing while the old connection is open; and no seat is held for a client that has not
 * acknowledged the join.
 */
import { type Client, ErrorCode, type Room, ServerError } from "@colyseus/core";
import { CLOSE_CODES, type CloseName, closeName, closeReason } from "../../../shared/engine/protocol/close-codes.ts";
import { log } from "../../base/log.ts";
import { socketOf } from "../../colyseus/client-socket.ts";
import { type Connecting, dropUnnoticed, forgetQueued, interceptReturns } from "../../colyseus/connecting.ts";
import { reservationOf } from "../../colyseus/reservations.ts";
import type { Ticket, Tickets } from "../../identity/tickets.ts";
import { HoldTime } from "./hold-time.ts";
import { Overtaken } from "./overtaken.ts";

/** Somebody who took part while the room was another process's. */
interface LeftReturner {
  readonly id: string;
  /** How: what `onAuth` said of them. */
  readonly wishes: object;
  readonly entry: number;
}

/** A client that may come back. */
interface Returner {
  readonly time: HoldTime;
  entry: number;
  /** Under which Colyseus holds the seat. */
  key: string;
}

/** Closes that are the line's fault and not the player's: the seat is held as after a drop. */
const HELD_AFTER: ReadonlySet<CloseName> = new Set(["client/too-slow", "join/unacknowledged"]);

/** Whether a client whose connection ended with this code may come back: not when it was thrown out. */
export function keepsSeat(code: number): boolean {
  const name = closeName(code);
  return name === undefined || HELD_AFTER.has(name);
}

const ELSEWHERE = "seat/elsewhere";

export class Returns {
  readonly #room: Room;
  readonly #tickets: Tickets;
  readonly #returners = new Map<string, Returner>();
  readonly #overtaken = new Overtaken();

  /** Replaces what Colyseus does when a client comes back to this room. */
  constructor(room: Room, tickets: Tickets) {
    this.#room = room;
    this.#tickets = tickets;
    interceptReturns(room, {
      admits: (session, token) => this.#admits(tickets.read(room.roomId, token), session),
      sessionOf: (token) => tickets.read(room.roomId, token)?.session,
      comeBack: (client, how, join) => this.#return(client, how, join),
    });
  }

  /** The ticket of a client that has come or come back, which it is sent with the room's welcome. */
  ticketFor(session: string): string {
    let returner = this.#returners.get(session);
    if (returner === undefined) {
      returner = { time: new HoldTime(performance.now()), entry: 0, key: "" };
      this.#returners.set(session, returner);
    }
    return this.#tickets.issue(this.#room.roomId, { session, entry: returner.entry });
  }

  /** How often a client has come in, as its newest ticket says. */
  entryOf(session: string): number {
    return this.#returners.get(session)?.entry ?? 0;
  }

  /**
   * Holds the seat of somebody who took part: their ticket says so.
   *
   * @param onGone they have not come, and the seat is not held any more.
   */
  expect({ id: session, wishes, entry }: LeftReturner, onGone: () => void): void {
    const time = new HoldTime(performance.now());
    time.shown();
    const key = this.#tickets.issue(this.#room.roomId, { session, entry });
    this.#returners.set(session, { time, entry, key });
    // As Colyseus takes a client whose connection dropped: it looks at no more than this of it.
    const before = { sessionId: session, reconnectionToken: key, auth: wishes } as unknown as Client;
    this.#room.allowReconnection(before, time.away(performance.now()) / 1000).catch(onGone);
  }

  /** The client has acknowledged: it lives, and knows its ticket. */
  heard(session: string): void {
    this.#returners.get(session)?.time.here(performance.now());
    this.#overtaken.end(session);
  }

  /** Holds the seat of a client whose connection is gone; Colyseus calls `onLeave` when the time is over. False: no more. */
  hold(client: Client): boolean {
    const { sessionId } = client;
    const returner = this.#returners.get(sessionId);
    const holdMs = returner?.time.away(performance.now()) ?? 0;
    if (returner === undefined || holdMs === 0) return false;
    returner.key = client.reconnectionToken;
    forgetQueued(client);
    this.#room.allowReconnection(client, holdMs / 1000).catch(() => {});
    this.#overtaken.release(sessionId);
    return true;
  }

  /** A client is gone for good. */
  forget(session: string): void {
    this.#returners.delete(session);
    this.#overtaken.release(session);
  }

  #admits(ticket: Ticket | undefined, session: string | undefined): boolean {
    if (ticket === undefined || ticket.session !== session || !this.#returners.has(session)) return false;
    const client = this.#room.clients.get(session);
    // A client that is being thrown out does not get around it by coming again.
    if (client !== undefined) return keepsSeat(socketOf(client).closedWith ?? 0);
    return reservationOf(this.#room, session)?.isUsed === false;
  }

  async #return(client: Client, how: Connecting, join: (how: Connecting) => Promise<void>): Promise<void> {
    const { sessionId } = client;
    const returner = this.#returners.get(sessionId);
    const ticket = this.#tickets.read(this.#room.roomId, how.reconnectionToken);
    if (returner === undefined || !this.#admits(ticket, sessionId)) return this.#refuse();
    returner.time.shown();
    const older = this.#room.clients.get(sessionId);
    if (older !== undefined && how.skipHandshake === true && ticket!.entry < returner.entry) {
      // A page that has lost its connection and its seat, and does not know the latter yet.
      client.leave(CLOSE_CODES[ELSEWHERE].code, closeReason(ELSEWHERE));
      return;
    }
    if (older !== undefined) this.#overtake(older);
    if (reservationOf(this.#room, sessionId) === undefined) return this.#refuse();
    returner.entry = Math.max(returner.entry, ticket!.entry) + (how.skipHandshake === true ? 0 : 1);
    await join({ ...how, reconnectionToken: returner.key });
  }

  #refuse(): never {
    throw new ServerError(ErrorCode.MATCHMAKE_EXPIRED, "seat reservation expired.");
  }

  /** Drops a connection that may still be there; what it says from now on is heard by nobody. */
  #overtake(older: Client): void {
    const { sessionId } = older;
    log.info({ room: this.#room.roomId, client: sessionId }, "a newer connection takes a seat over");
    const overtaken = this.#overtaken.take(sessionId);
    this.#overtaken.put(sessionId, [...overtaken, dropUnnoticed(this.#room, older)]);
  }
}
