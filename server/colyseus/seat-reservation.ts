/** Seats are few, spectators are not: matchmaking counts only those who want to sit, before they have a connection. */
import type { Room } from "@colyseus/core";
import type { Seats } from "../../shared/referee/inputs/seats.ts";

/** Colyseus's reservation of a session: join options, login, used up, and whether it is for somebody who comes back. */
type Reservation = readonly [options: unknown, auth: unknown, isUsed: boolean, isReturn: boolean];

interface Reserving {
  readonly _reservedSeats: Record<string, Reservation>;
  readonly seatReservationTimeout: number;
  _reserveSeat(
    sessionId: string,
    options: unknown,
    auth: unknown,
    seconds?: number,
    isReturn?: boolean,
  ): Promise<boolean>;
}

const wantsSeat = (options: unknown): boolean => (options as { watch?: unknown } | undefined)?.watch !== true;

export class SeatReservations {
  /** Called when a seat was reserved, and when a reservation has run out. */
  onChange: () => void = () => {};
  readonly #room: Reserving;
  readonly #seats: () => Seats;

  /**
   * Replaces Colyseus's limit on clients (`maxClients`, here without limit) by one on players. A refusal makes its
   * matchmaker try another room.
   */
  constructor(room: Room, seats: () => Seats) {
    const reserving = room as unknown as Reserving;
    this.#room = reserving;
    this.#seats = seats;
    const stock = reserving._reserveSeat.bind(room);
    reserving._reserveSeat = (
      sessionId,
      options,
      auth,
      seconds = reserving.seatReservationTimeout,
      isReturn = false,
    ) => {
      if (isReturn || !wantsSeat(options)) return stock(sessionId, options, auth, seconds, isReturn);
      if (this.areAllTaken) return Promise.resolve(false);
      // It is noted before it is persisted, so whoever is matched from now on is told the truth.
      const reserved = stock(sessionId, options, auth, seconds, isReturn);
      this.onChange();
      // Colyseus's own timer for it is older, and so goes off first.
      setTimeout(() => this.onChange(), seconds * 1000).unref();
      return reserved;
    };
  }

  /** Whether nobody else may sit down here: each seat has a player, or is reserved for one who has not come yet. */
  get areAllTaken(): boolean {
    const seats = this.#seats();
    return seats.held("player") + this.#open >= seats.count;
  }

  /** Reservations of those who want to sit, and have not come yet. */
  get #open(): number {
    let open = 0;
    for (const [options, , isUsed, isReturn] of Object.values(this.#room._reservedSeats))
      if (!isUsed && !isReturn && wantsSeat(options)) open++;
    return open;
  }
}
