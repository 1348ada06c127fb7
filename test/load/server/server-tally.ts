/**
 * The tally of what a server said about its rooms in the course of a run; rooms that are gone keep what they said last.
 */
import type { RoomReport } from "../../../server/observe/room-report.ts";
import type { Tally } from "../verdict/tally.ts";
import type { Answer } from "./server-watch.ts";

export class ServerTally {
  /** Rooms that are there now. */
  rooms = 0;
  readonly #game: string;
  readonly #last = new Map<string, RoomReport>();

  constructor(game: string) {
    this.#game = game;
  }

  take({ rooms }: Answer, tally: Tally): void {
    const ours = rooms.filter(({ game }) => game === this.#game);
    this.rooms = ours.length;
    for (const room of ours) {
      this.#last.set(room.id, room);
      tally.record("server_tick", room.tickMs);
      tally.record("server_lateness", room.latenessMs);
    }
  }

  /** Undefined when the server never said anything. */
  summary() {
    const rooms = [...this.#last.values()];
    if (rooms.length === 0) return undefined;
    const sum = (of: (room: RoomReport) => number): number => rooms.reduce((total, room) => total + of(room), 0);
    const inputs: Record<string, number> = {};
    for (const room of rooms)
      for (const [name, count] of Object.entries(room.inputs)) inputs[name] = (inputs[name] ?? 0) + count;
    return {
      rooms: rooms.length,
      worstLatenessMs: Math.max(...rooms.map(({ worstLatenessMs }) => worstLatenessMs)),
      hashesEqual: sum(({ hashes }) => hashes.equal),
      hashesDiffering: sum(({ hashes }) => hashes.differs),
      healedByDifference: sum(({ healed }) => healed.byDifference),
      healedWhole: sum(({ healed }) => healed.whole),
      parked: sum(({ parked }) => parked),
      inputs,
    };
  }
}
