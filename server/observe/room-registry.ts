/** The open rooms of this process, and what those that are closed have counted. */
import type { MakeGuard } from "../../shared/referee/match-guard.ts";
import type { AnyOpenRoom } from "./room-handle.ts";
import type { FullReport } from "./room-report.ts";
import { RoomTally } from "./room-tally.ts";

/** The rooms of other processes of this server. */
export interface OtherRooms {
  readonly roomsElsewhere: number;
  /** Tells them how many are open here. */
  tellRooms(count: number): void;
}

export class RoomRegistry {
  /** Watches the matches of rooms opened from now on; `npm run dev` sets it. */
  guard: MakeGuard | undefined;
  readonly #rooms = new Map<string, AnyOpenRoom>();
  readonly #closed = new RoomTally();
  readonly #others: OtherRooms | undefined;

  constructor(others?: OtherRooms) {
    this.#others = others;
  }

  open(room: AnyOpenRoom): void {
    this.#rooms.set(room.id, room);
    this.#others?.tellRooms(this.#rooms.size);
  }

  close(id: string): void {
    this.#rooms.get(id)?.addTo(this.#closed);
    this.#rooms.delete(id);
    this.#others?.tellRooms(this.#rooms.size);
  }

  /** How many rooms are open, those of other processes too. */
  get count(): number {
    return this.#rooms.size + (this.#others?.roomsElsewhere ?? 0);
  }

  get rooms(): readonly AnyOpenRoom[] {
    return [...this.#rooms.values()];
  }

  room(id: string): AnyOpenRoom | undefined {
    return this.#rooms.get(id);
  }

  reports(): FullReport[] {
    return this.rooms.map((room) => room.report());
  }

  /** The counts of all rooms, closed ones too. */
  tally(): RoomTally {
    const total = new RoomTally();
    total.merge(this.#closed);
    for (const room of this.rooms) room.addTo(total);
    return total;
  }
}
