/** Whether matchmaking finds a room: one without a free seat is found by its id only, by who comes back or comes to watch. */
import type { Room } from "@colyseus/core";
import { log } from "../log.ts";
import type { Seats } from "../match/seats.ts";

export class Listing {
  readonly #room: Room;
  #isFull = false;

  constructor(room: Room) {
    this.#room = room;
  }

  /** To be called when seats may have changed; tells the matchmaker only when it matters. */
  update(seats: Seats): void {
    const isFull = seats.held("player") >= seats.count;
    if (isFull === this.#isFull) return;
    this.#isFull = isFull;
    this.#room
      .setPrivate(isFull)
      .catch((error: unknown) => log.error({ room: this.#room.roomId, err: error }, "the listing failed"));
  }
}
