/** A room as the process sees it from outside: what it reports and has counted, who is in it, and what an operator may do. */
import { CLOSE_CODES, type CloseName, closeReason } from "../../shared/engine/protocol/close-codes.ts";
import type { RoomRow, SeatRow } from "../../shared/monitor/feed.ts";
import { log } from "../base/log.ts";
import type { Connections } from "../socket/connections.ts";
import { type FullReport, reportOf } from "./room-report.ts";
import { addTo, rowOf } from "./room-row.ts";
import type { RoomTally } from "./room-tally.ts";
import type { RoomView } from "./room-view.ts";
import { type PresentClient, seatRowsOf } from "./seat-rows.ts";

/** The part of its surroundings that a room does not show itself. */
interface Surroundings {
  readonly connections: Connections;
  readonly plane: { readonly clients: number };
  readonly timer: { readonly skipped: number };
}

/** Whatever is played in it. */
export type AnyOpenRoom = Pick<RoomHandle, keyof RoomHandle>;

export class RoomHandle<I = unknown, S = unknown> {
  readonly #room: RoomView<I, S>;
  readonly #around: Surroundings;
  readonly #openedAt = performance.now();

  constructor(room: RoomView<I, S>, around: Surroundings) {
    this.#room = room;
    this.#around = around;
  }

  get id(): string {
    return this.#room.roomId;
  }

  report(): FullReport {
    const { roomId: id, isPrivate, match, meter } = this.#room;
    return reportOf({ id, isPrivate, match, meter, streamClients: this.#around.plane.clients });
  }

  /** Adds what it has counted so far. */
  addTo(tally: RoomTally): void {
    addTo(tally, this.#room, this.#around.timer.skipped);
  }

  row(): RoomRow {
    const ageSeconds = (performance.now() - this.#openedAt) / 1000;
    return rowOf(this.#room, { ageSeconds, present: this.#present() });
  }

  seatRows(): SeatRow[] {
    return seatRowsOf(this.#room, this.#present());
  }

  /** Closes a client with a sentence, if it is here. @param operator for the log. */
  kick(id: string, operator: string): void {
    const client = this.#room.clients.getById(id);
    if (client === undefined) return;
    const { match } = this.#room;
    const seat = match.seats.seatOf(id);
    log.warn({ room: this.id, tick: match.world.tick, seat, client: id, operator }, "an operator removes somebody");
    client.leave(CLOSE_CODES["operator/kicked"].code, closeReason("operator/kicked"));
  }

  /** Ends the room with a sentence to everybody in it. @param operator for the log. */
  close(operator: string): void {
    log.warn({ room: this.id, tick: this.#room.match.world.tick, operator }, "an operator closes the room");
    this.#room.end("operator/closed");
  }

  /** Leaves the match to another process. */
  suspend(): void {
    this.#room.suspend();
  }

  /** Tells everybody in it something that a person should know. */
  notify(name: CloseName, message: string): void {
    this.#room.notify(name, message);
  }

  #present(): Map<string, PresentClient> {
    const present = new Map<string, PresentClient>();
    for (const { sessionId, ref, auth } of this.#room.clients)
      present.set(sessionId, {
        connection: this.#around.connections.of(ref),
        name: (auth as { readonly name?: string } | undefined)?.name ?? "Guest",
      });
    return present;
  }
}
