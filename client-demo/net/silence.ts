/** Finds out that nothing comes from the server any more: a dead machine or network closes no connection. */
import type { Room } from "@colyseus/sdk";
import { loseConnection } from "./lose-connection.ts";

const LOOK_MS = 1000;
/** In looks: after two without a message the server is asked whether it is there, after six it is not. */
const ASK_EVERY_LOOKS = 2;
const MOST_SILENT_LOOKS = 6;

export class Silence {
  readonly #room: Room;
  readonly #timer: ReturnType<typeof setInterval>;
  /** Counted in looks, not in time: when this page itself stood still, nobody is dead for it. */
  #silentLooks = 0;
  #isWatching = true;

  constructor(room: Room) {
    this.#room = room;
    const { events } = room.connection;
    const { onmessage } = events;
    events.onmessage = (event) => {
      this.#silentLooks = 0;
      onmessage?.(event);
    };
    room.onDrop(() => {
      this.#isWatching = false;
    });
    room.onLeave(() => this.stop());
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /** A connection is being made: it too must get an answer in time. */
  begin(): void {
    this.#silentLooks = 0;
    this.#isWatching = true;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    if (!this.#isWatching) return;
    this.#silentLooks++;
    if (this.#silentLooks >= MOST_SILENT_LOOKS) loseConnection(this.#room);
    else if (this.#silentLooks % ASK_EVERY_LOOKS === 0 && this.#room.connection.isOpen) this.#room.ping(() => {});
  }
}
