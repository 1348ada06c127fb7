/** Connecting to a seat: Colyseus's own way for new clients, the room's for those that come back. */
import { type Client, CloseCode, type Room } from "@colyseus/core";
import { reservationOf } from "./reservations.ts";

/** The data of a connection beside its session. */
export interface Connecting {
  readonly reconnectionToken?: string | null;
  /** Said by an SDK that makes its connection again; a new page, or a new program, says nothing. */
  readonly skipHandshake?: boolean;
}

/** A returning client, as a room wants it. */
export interface Returning {
  /** Whether who shows this token may have the seat of this session. */
  admits(session: string, token: unknown): boolean;
  /** Whose seat a token is for; undefined when it is none. */
  sessionOf(token: unknown): string | undefined;
  /**
   * Brings a client back to its seat.
   *
   * @param join does it Colyseus's way, under the token that it keeps the seat by.
   * @throws ServerError when the client may not come.
   */
  comeBack(client: Client, how: Connecting, join: (how: Connecting) => Promise<void>): Promise<void>;
}

interface Insides {
  hasReservedSeat(session: string, token?: string | null): boolean;
  checkReconnectionToken(token: unknown): string | undefined;
  _onJoin(client: Client, context: unknown, how: Connecting): Promise<void>;
  _onLeave(client: Client, code: number): Promise<void>;
}

const insidesOf = (room: Room): Insides => room as unknown as Insides;

/** Port: replaces what Colyseus does when a client comes back to this room, at matchmaking and at the socket. */
export function interceptReturns(room: Room, returning: Returning): void {
  const insides = insidesOf(room);
  const hasReserved = insides.hasReservedSeat.bind(room);
  const join = insides._onJoin.bind(room);
  const isNew = (session: string): boolean => reservationOf(room, session)?.isReturn === false;
  insides.hasReservedSeat = (session, token) =>
    isNew(session) ? hasReserved(session, token) : returning.admits(session, token);
  insides.checkReconnectionToken = (token) => {
    const session = returning.sessionOf(token);
    return session !== undefined && returning.admits(session, token) ? session : undefined;
  };
  insides._onJoin = (client, context, how) =>
    isNew(client.sessionId)
      ? join(client, context, how)
      : returning.comeBack(client, how, (changed) => join(client, context, changed));
}

/** Port: lets Colyseus hold the seat of a client that has not acknowledged its join: it refuses who has messages waiting for that. */
export function forgetQueued(client: Client): void {
  (client as { _enqueuedMessages?: unknown })._enqueuedMessages = undefined;
}

/** The rest of a connection that its room has dropped. */
export interface DroppedSocket {
  close(code: number, reason: string): void;
}

interface Listening extends DroppedSocket {
  readonly onleave: (...values: unknown[]) => void;
  removeAllListeners(event: string): unknown;
  removeListener(event: string, listener: unknown): unknown;
}

/** Port: drops a client whose connection may still be open: what it says from now on is heard by nobody, nor is its end. */
export function dropUnnoticed(room: Room, client: Client): DroppedSocket {
  const socket = client.ref as unknown as Listening;
  socket.removeAllListeners("message");
  socket.removeListener("close", socket.onleave);
  void insidesOf(room)._onLeave(client, CloseCode.MAY_TRY_RECONNECT);
  return socket;
}
