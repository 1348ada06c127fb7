/** The rooms that another process left behind: each is taken over once, and of those that cannot be it is known why. */
import type { CloseName } from "../../shared/engine/protocol/close-codes.ts";
import type { LeftMatch } from "./journal.ts";

export class LeftRooms {
  readonly #left = new Map<string, LeftMatch>();
  readonly #ended = new Map<string, CloseName>();

  /** A room of this id, when it is made, is this one. */
  offer(match: LeftMatch): void {
    this.#left.set(match.head.roomId, match);
  }

  /** Undefined for a room of this process's own. */
  take(roomId: string): LeftMatch | undefined {
    const match = this.#left.get(roomId);
    this.#left.delete(roomId);
    return match;
  }

  /** A room cannot go on: whoever comes back to it is told so. */
  end(roomId: string, why: CloseName): void {
    this.#left.delete(roomId);
    this.#ended.set(roomId, why);
  }

  /** Why a room did not go on; undefined for any other. */
  whyEnded(roomId: string): CloseName | undefined {
    return this.#ended.get(roomId);
  }
}
