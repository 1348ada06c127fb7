/**
 * Returns to a seat: whoever shows the session's ticket has it, also from a connection that is still there. Colyseus's own
 * tokens change with every connection, so a page that dies before it has stored the new one has none; they are worth
 * nothing while the old connection is open; and no seat is held for who has not acknowledged the join.
 */
import { type Client, CloseCode, ErrorCode, type Room, ServerError } from "@colyseus/core";
import { CLOSE_CODES, type CloseName, closeName, closeReason } from "../../../shared/engine/protocol/close-codes.ts";
import { log } from "../../base/log.ts";
import type { Ticket, Tickets } from "../../identity/tickets.ts";
import type { FastSocket } from "../../socket/hardened-socket.ts";
import { HoldTime } from "./hold-time.ts";
import { Overtaken, type OvertakenSocket } from "./overtaken.ts";

/** Colyseus's reservation of a session: join options, login, used up, and whether it is for somebody who comes back. */
type Reservation = readonly [options: unknown, auth: unknown, isUsed: boolean, isReturn: boolean];

interface Connecting {
  readonly reconnectionToken?: string | null;
  /** Said by an SDK that makes its connection again; a new page, or a new program, says nothing. */
  readonly skipHandshake?: boolean;
}

/** What is used of Colyseus's room beside its documented interface; its version is pinned, and tests watch all of this. */
interface Insides {
  readonly _reservedSeats: Readonly<Record<string, Reservation | undefined>>;
  hasReservedSeat(session: string, token?: string | null): boolean;
  checkReconnectionToken(token: unknown): string | undefined;
  _onJoin(client: Client, context: unknown, how: Connecting): Promise<void>;
  _onLeave(client: Client, code: number): Promise<void>;
}

type Socket = OvertakenSocket &
  FastSocket & {
    onleave: (...values: unknown[]) => void;
    removeAllListeners(event: string): void;
    removeListener(event: string, listener: unknown): void;
  };

/** Somebody who may come back. */
interface Guest {
  readonly time: HoldTime;
  entry: number;
  /** Under which Colyseus holds the seat. */
  key: string;
}

/** Closes that are the line's fault and not the player's: the seat is held as after a drop. */
const HELD_AFTER: ReadonlySet<CloseName> = new Set(["client/too-slow", "join/unacknowledged"]);

/** Whether whoever's connection ended with this code may come back: not when they were thrown out. */
export function keepsSeat(code: number): boolean {
  const name = closeName(code);
  return name === undefined || HELD_AFTER.has(name);
}

const ELSEWHERE = "seat/elsewhere";
const socketOf = ({ ref }: Client): Socket => ref as unknown as Socket;

export class Returns {
  readonly #room: Room;
  readonly #insides: Insides;
  readonly #tickets: Tickets;
  readonly #guests = new Map<string, Guest>();
  readonly #overtaken = new Overtaken();

  /** Replaces what Colyseus does when somebody comes back to this room. */
  constructor(room: Room, tickets: Tickets) {
    this.#room = room;
    this.#tickets = tickets;
    const insides = room as unknown as Insides;
    this.#insides = insides;
    const hasReserved = insides.hasReservedSeat.bind(room);
    const join = insides._onJoin.bind(room);
    const isNew = (session: string): boolean => insides._reservedSeats[session]?.[3] === false;
    insides.hasReservedSeat = (session, token) =>
      isNew(session) ? hasReserved(session, token) : this.#admits(tickets.read(room.roomId, token), session);
    insides.checkReconnectionToken = (token) => {
      const ticket = tickets.read(room.roomId, token);
      return this.#admits(ticket, ticket?.session) ? ticket?.session : undefined;
    };
    insides._onJoin = (client, context, how) =>
      isNew(client.sessionId)
        ? join(client, context, how)
        : this.#return(client, how, (key) => join(client, context, key));
  }

  /** The ticket of a client that has come or come back, which it is sent with the room's welcome. */
  ticketFor(session: string): string {
    let guest = this.#guests.get(session);
    if (guest === undefined) {
      guest = { time: new HoldTime(performance.now()), entry: 0, key: "" };
      this.#guests.set(session, guest);
    }
    return this.#tickets.issue(this.#room.roomId, { session, entry: guest.entry });
  }

  /** The client has acknowledged: it lives, and knows its ticket. */
  heard(session: string): void {
    this.#guests.get(session)?.time.here(performance.now());
    this.#overtaken.end(session);
  }

  /** Holds the seat of a client whose connection is gone; Colyseus calls `onLeave` when the time is over. False: no more. */
  hold(client: Client): boolean {
    const { sessionId } = client;
    const guest = this.#guests.get(sessionId);
    const holdMs = guest?.time.away(performance.now()) ?? 0;
    if (guest === undefined || holdMs === 0) return false;
    guest.key = client.reconnectionToken;
    // Where Colyseus keeps what is said before the acknowledgement, and whoever has it is refused.
    (client as { _enqueuedMessages?: unknown })._enqueuedMessages = undefined;
    this.#room.allowReconnection(client, holdMs / 1000).catch(() => {});
    this.#overtaken.release(sessionId);
    return true;
  }

  /** Somebody is gone for good. */
  forget(session: string): void {
    this.#guests.delete(session);
    this.#overtaken.release(session);
  }

  #admits(ticket: Ticket | undefined, session: string | undefined): boolean {
    if (ticket === undefined || ticket.session !== session || !this.#guests.has(session)) return false;
    const client = this.#room.clients.get(session);
    // Whoever is being thrown out does not get around it by coming again.
    if (client !== undefined) return keepsSeat(socketOf(client).closedWith ?? 0);
    return this.#insides._reservedSeats[session]?.[2] === false;
  }

  async #return(client: Client, how: Connecting, join: (how: Connecting) => Promise<void>): Promise<void> {
    const { sessionId } = client;
    const guest = this.#guests.get(sessionId);
    const ticket = this.#tickets.read(this.#room.roomId, how.reconnectionToken);
    if (guest === undefined || !this.#admits(ticket, sessionId)) return this.#refuse();
    guest.time.shown();
    const older = this.#room.clients.get(sessionId);
    if (older !== undefined && how.skipHandshake === true && ticket!.entry < guest.entry) {
      // A page that has lost its connection and its seat, and does not know the latter yet.
      client.leave(CLOSE_CODES[ELSEWHERE].code, closeReason(ELSEWHERE));
      return;
    }
    if (older !== undefined) this.#overtake(older);
    if (this.#insides._reservedSeats[sessionId] === undefined) return this.#refuse();
    guest.entry = Math.max(guest.entry, ticket!.entry) + (how.skipHandshake === true ? 0 : 1);
    await join({ ...how, reconnectionToken: guest.key });
  }

  #refuse(): never {
    throw new ServerError(ErrorCode.MATCHMAKE_EXPIRED, "seat reservation expired.");
  }

  /** Drops a connection that may still be there; what it says from now on is heard by nobody. */
  #overtake(older: Client): void {
    const { sessionId } = older;
    const socket = socketOf(older);
    socket.removeAllListeners("message");
    socket.removeListener("close", socket.onleave);
    log.info({ room: this.#room.roomId, client: sessionId }, "a newer connection takes a seat over");
    const overtaken = this.#overtaken.take(sessionId);
    void this.#insides._onLeave(older, CloseCode.MAY_TRY_RECONNECT);
    this.#overtaken.put(sessionId, [...overtaken, socket]);
  }
}
