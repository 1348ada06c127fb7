/** The open rooms of this process, each with a way to ask it for its report. */
import type { RoomReport } from "./room-report.ts";

export class RoomDesk {
  readonly #rooms = new Map<string, () => RoomReport>();

  open(id: string, report: () => RoomReport): void {
    this.#rooms.set(id, report);
  }

  close(id: string): void {
    this.#rooms.delete(id);
  }

  reports(): RoomReport[] {
    return [...this.#rooms.values()].map((report) => report());
  }
}
