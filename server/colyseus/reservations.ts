/** Reservations of a room's seats as Colyseus keeps them: a tuple for each session, read by position here and nowhere else. */
import { Room } from "@colyseus/core";

/** The reservation of a session that has not come yet, or comes back. */
export interface Reservation {
  /** The options given at matchmaking. */
  readonly options: unknown;
  /** The result of the room type's `onAuth`. */
  readonly auth: unknown;
  /** A client is connecting to it just now. */
  readonly isUsed: boolean;
  /** It is held for a client that has been here. */
  readonly isReturn: boolean;
}

type Entry = readonly [options: unknown, auth: unknown, isUsed: boolean, isReturn: boolean];
type Reserve = (
  session: string,
  options: unknown,
  auth: unknown,
  seconds?: number,
  isReturn?: boolean,
) => Promise<boolean>;

interface Insides {
  readonly _reservedSeats: Readonly<Record<string, Entry | undefined>>;
  readonly seatReservationTimeout: number;
  _reserveSeat: Reserve;
}

const insidesOf = (room: Room): Insides => room as unknown as Insides;
const read = ([options, auth, isUsed, isReturn]: Entry): Reservation => ({ options, auth, isUsed, isReturn });

/** How long Colyseus keeps a reservation for a client that has not come, in seconds; `COLYSEUS_SEAT_RESERVATION_TIME` sets it. */
export const RESERVATION_SECONDS = new Room().seatReservationTimeout;

/** Port: the reservation of a session; undefined when it has none. */
export function reservationOf(room: Room, session: string): Reservation | undefined {
  const entry = insidesOf(room)._reservedSeats[session];
  return entry && read(entry);
}

/** Port: all reservations but of those whose join is under way. */
export function reservationsOf(room: Room): Reservation[] {
  return Object.values(insidesOf(room)._reservedSeats).map((entry) => read(entry!));
}

/** The room's part in its reservations. */
export interface ReservationGate {
  /** Whether a new one may be made; who comes back is not asked about. */
  admits(options: unknown): boolean;
  /** One was made, for this many seconds. */
  reserved(options: unknown, seconds: number): void;
}

/** Port: asks the gate before Colyseus reserves a seat. A refusal makes its matchmaker try another room. */
export function interceptReservations(room: Room, gate: ReservationGate): void {
  const insides = insidesOf(room);
  const stock = insides._reserveSeat.bind(room);
  insides._reserveSeat = (session, options, auth, seconds = insides.seatReservationTimeout, isReturn = false) => {
    if (isReturn) return stock(session, options, auth, seconds, isReturn);
    if (!gate.admits(options)) return Promise.resolve(false);
    // It is noted before it is persisted, so every client matched from now on is told the truth.
    const reserved = stock(session, options, auth, seconds, isReturn);
    gate.reserved(options, seconds);
    return reserved;
  };
}
