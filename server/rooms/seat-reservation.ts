/** Seats are few, spectators are not: matchmaking counts only those who want to sit, before they have a connection. */
import type { Room } from "@colyseus/core";
import type { Seats } from "../match/seats.ts";

/** Colyseus's reservation of a session: join options, login, used up, and whether it is for somebody who comes back. */
type Reservation = readonly [options: unknown, auth: unknown, isUsed: boolean, isReturn: boolean];

interface Reserving {
  readonly _reservedSeats: Record<string, Reservation>;
  _reserveSeat(
    sessionId: string,
    options: unknown,
    auth: unknown,
    seconds?: number,
    isReturn?: boolean,
  ): Promise<boolean>;
}

const wantsSeat = (options: unknown): boolean => (options as { watch?: unknown } | undefined)?.watch !== true;

/**
 * Replaces Colyseus's limit on clients (`maxClients`, here without limit) by one on players. A refusal makes its
 * matchmaker try another room.
 */
export function reserveSeats(room: Room, seats: () => Seats): void {
  const reserving = room as unknown as Reserving;
  const stock = reserving._reserveSeat.bind(room);
  reserving._reserveSeat = async (sessionId, options, auth, seconds, isReturn = false) => {
    if (isReturn || !wantsSeat(options)) return stock(sessionId, options, auth, seconds, isReturn);
    const open = Object.values(reserving._reservedSeats).filter(
      ([wishes, , isUsed, isReturning]) => !isUsed && !isReturning && wantsSeat(wishes),
    );
    if (seats().held("player") + open.length >= seats().count) return false;
    return stock(sessionId, options, auth, seconds, isReturn);
  };
}
