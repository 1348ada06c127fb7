/**
 * The watch on the roster: tells cheaply whether it can have changed since it was last shown; asked every tick, of
 * every room.
 */
import type { Seat } from "../../shared/engine/game/game.ts";
import type { RosterSource } from "./room-state.ts";

export class RosterWatch {
  #seats = -1;
  #pause = -1;
  #phase: RosterSource["phase"] | undefined;
  #spectators = -1;
  #awaited: readonly Seat[] = [];

  /** Whether anything is different from what it was at the last call; true at the first one. */
  hasChanged({ seats, pause, phase }: RosterSource, spectators: number, awaited: readonly Seat[]): boolean {
    const isSame =
      seats.revision === this.#seats &&
      pause.revision === this.#pause &&
      phase === this.#phase &&
      spectators === this.#spectators &&
      isSameSeats(awaited, this.#awaited);
    this.#seats = seats.revision;
    this.#pause = pause.revision;
    this.#phase = phase;
    this.#spectators = spectators;
    this.#awaited = awaited;
    return !isSame;
  }
}

/** A room that waits says some hundred times a second for which seats. */
const isSameSeats = (some: readonly Seat[], others: readonly Seat[]): boolean =>
  some === others || (some.length === others.length && some.every((seat, i) => seat === others[i]));
