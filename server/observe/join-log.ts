/** The log of joins, drops, returns and leaves of a room: a line each, with room, tick and seat, and a count. */

import type { Seats } from "../../shared/referee/inputs/seats.ts";
import { log } from "../base/log.ts";

export type Coming = "join" | "drop" | "return" | "leave";

const SENTENCES: Record<Coming, string> = {
  join: "somebody joined",
  drop: "a connection dropped; the seat is held",
  return: "somebody came back",
  leave: "somebody left",
};

/** The part of a room that it reads. */
export interface AttendedRoom {
  readonly roomId: string;
  readonly match: { readonly seats: Seats; readonly world: { readonly tick: number } };
}

export class JoinLog {
  readonly counts: Record<Coming, number> = { join: 0, drop: 0, return: 0, leave: 0 };
  readonly #room: AttendedRoom;

  constructor(room: AttendedRoom) {
    this.#room = room;
  }

  /** To be called before the client's seat, if it has one, is freed. @param code of the close, where there was one. */
  note(coming: Coming, client: string, code?: number): void {
    this.counts[coming]++;
    const { roomId, match } = this.#room;
    log.info(
      { room: roomId, tick: match.world.tick, seat: match.seats.seatOf(client), client, code },
      SENTENCES[coming],
    );
  }
}
