/**
 * The wait for those who held a seat when the referee before this one ended: their connections are gone with it, and ticks
 * stand still until they are back, for a while (R17).
 */
import type { Seat } from "../../engine/game/game.ts";
import type { Seats } from "./seats.ts";

export class ReturnWait {
  readonly #seats: Seats;
  #awaited: readonly Seat[] = [];
  #mostMs = 0;
  #since: number | undefined;

  constructor(seats: Seats) {
    this.#seats = seats;
  }

  /** The seats that are still waited for. */
  get seats(): readonly Seat[] {
    return this.#awaited;
  }

  /**
   * Begins, with the next tick that is due.
   *
   * @param mostMs how long at most, in milliseconds.
   * @returns whom it waits for: players whose connections there were.
   */
  begin(mostMs: number): readonly Seat[] {
    const seats = this.#seats;
    this.#mostMs = mostMs;
    this.#awaited = Array.from({ length: seats.count }, (_, seat) => seat).filter(
      (seat) => seats.holder(seat)?.kind === "player" && !seats.isAway(seat),
    );
    return this.#awaited;
  }

  /** @param now milliseconds, as for `Match.closeTick`. */
  mustWait(now: number): boolean {
    if (this.#awaited.length === 0) return false;
    this.#since ??= now;
    const isOver = now - this.#since >= this.#mostMs;
    this.#awaited = isOver ? [] : this.#awaited.filter((seat) => this.#seats.isAway(seat));
    return this.#awaited.length > 0;
  }
}
