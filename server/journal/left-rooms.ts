/** The rooms that another process left behind: each is taken over once, and of those that cannot be it is known why. */
import type { CloseName } from "../../shared/engine/protocol/close-codes.ts";
import type { LeftMatch } from "./journal.ts";

export class LeftRooms {
  readonly #left: Map<string, LeftMatch>;
  readonly #ended = new Map<string, CloseName>();
  #onWritten: (() => void)[] = [];

  constructor(matches: readonly LeftMatch[] = []) {
    this.#left = new Map(matches.map((match) => [match.head.roomId, match]));
  }

  /** Another process has left these. @param onWritten is called when they have been written down anew. */
  add(matches: readonly LeftMatch[], onWritten: () => void): void {
    for (const match of matches) this.#left.set(match.head.roomId, match);
    this.#onWritten.push(onWritten);
  }

  /** All of them have been written down by whoever goes on, or are over. */
  written(): void {
    for (const each of this.#onWritten.splice(0)) each();
  }

  /** Those that nobody has taken over yet. */
  get matches(): readonly LeftMatch[] {
    return [...this.#left.values()];
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
