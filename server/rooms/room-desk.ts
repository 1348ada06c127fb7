/** The open rooms of this process, each with a way to ask it for its report. */
import type { MakeGuard } from "../match/match-guard.ts";
import type { RoomReport } from "./room-report.ts";

export class RoomDesk {
  /** Watches the matches of rooms opened from now on; `npm run dev` sets it. */
  guard: MakeGuard | undefined;
  readonly #rooms = new Map<string, () => RoomReport>();

  open(id: string, report: () => RoomReport): void {
    this.#rooms.set(id, report);
  }

  close(id: string): void {
    this.#rooms.delete(id);
  }

  /** How many rooms are open. */
  get count(): number {
    return this.#rooms.size;
  }

  reports(): RoomReport[] {
    return [...this.#rooms.values()].map((report) => report());
  }
}
