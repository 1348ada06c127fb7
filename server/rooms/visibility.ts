/**
 * The visibility of a room: whether matchmaking finds it. A full room is found by its id only, by clients that return or
 * come to watch: any other would be refused and sent around again. A private room is never found by anything else.
 */
import type { Room } from "@colyseus/core";
import { log } from "../base/log.ts";

export class Visibility {
  readonly #room: Room;
  readonly #areAllTaken: () => boolean;
  #isHidden = false;
  #isPrivate = false;
  #isOver = false;

  /** @param areAllTaken whether each seat is held by a player, or reserved for one. */
  constructor(room: Room, areAllTaken: () => boolean) {
    this.#room = room;
    this.#areAllTaken = areAllTaken;
  }

  get isPrivate(): boolean {
    return this.#isPrivate;
  }

  /** To be called before the matchmaker knows the room. */
  keepPrivate(): void {
    this.#isPrivate = true;
    this.#isHidden = true;
    const isTold = false;
    void this.#room.setPrivate(true, isTold);
  }

  /** To be called when seats or reservations may have changed; tells the matchmaker only when it matters. */
  update(): void {
    const isHidden = this.#isPrivate || this.#areAllTaken();
    if (isHidden === this.#isHidden || this.#isOver) return;
    this.#isHidden = isHidden;
    this.#room
      .setPrivate(isHidden)
      .catch((error: unknown) => log.error({ room: this.#room.roomId, err: error }, "the visibility failed"));
  }

  /** The room is gone: a reservation that runs out now must not list it again. */
  end(): void {
    this.#isOver = true;
  }
}
