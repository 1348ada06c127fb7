/**
 * The reservations of seats: matchmaking counts only clients that want a seat, from before they connect; spectators are
 * not limited.
 */
import type { Room } from "@colyseus/core";
import type { Seats } from "../../shared/referee/inputs/seats.ts";
import { interceptReservations, reservationsOf } from "./reservations.ts";

const wantsSeat = (options: unknown): boolean => (options as { watch?: unknown } | undefined)?.watch !== true;

export class FreeSeats {
  /** Called when a seat was reserved, and when a reservation has run out. */
  onChange: () => void = () => {};
  readonly #room: Room;
  readonly #seats: () => Seats;

  /** Replaces Colyseus's limit on clients (`maxClients`, here without limit) by one on players. */
  constructor(room: Room, seats: () => Seats) {
    this.#room = room;
    this.#seats = seats;
    interceptReservations(room, {
      admits: (options) => !wantsSeat(options) || !this.areAllTaken,
      reserved: (options, seconds) => {
        if (!wantsSeat(options)) return;
        this.onChange();
        // Colyseus's own timer for it is older, and so goes off first.
        setTimeout(() => this.onChange(), seconds * 1000).unref();
      },
    });
  }

  /** Whether nobody else may sit down here: each seat has a player, or is reserved for one who has not come yet. */
  get areAllTaken(): boolean {
    const seats = this.#seats();
    return seats.held("player") + this.#open >= seats.count;
  }

  /** Reservations of those who want to sit, and have not come yet. */
  get #open(): number {
    return reservationsOf(this.#room).filter(
      ({ options, isUsed, isReturn }) => !isUsed && !isReturn && wantsSeat(options),
    ).length;
  }
}
