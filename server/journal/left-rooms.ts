/** The rooms that another process left behind: each is taken over once, and of those that cannot be it is known why. */
import type { CloseName } from "../../shared/engine/protocol/close-codes.ts";
import type { LeftMatch } from "./journal.ts";

interface Why {
  readonly name: CloseName;
  readonly detail: string | undefined;
}

export class LeftRooms {
  readonly #left = new Map<string, LeftMatch>();
  readonly #ended = new Map<string, Why>();

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

  /** A room cannot go on: whoever comes back to it is told so. @param detail left out: what the name says of any room. */
  end(roomId: string, name: CloseName, detail?: string): void {
    this.#left.delete(roomId);
    this.#ended.set(roomId, { name, detail });
  }

  /** Why a room did not go on; undefined for any other. */
  whyEnded(roomId: string): Why | undefined {
    return this.#ended.get(roomId);
  }
}
