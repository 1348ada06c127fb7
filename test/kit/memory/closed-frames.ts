/** The watch on what a match has closed: a frame that is closed never changes (R1), and nobody sits twice (R3). */
import type { Match } from "../../../shared/referee/match.ts";
import { afterTick } from "../after-tick.ts";

export class ClosedFrames<I, S> {
  /** Ticks at which a holder had two seats, or a seat was held that nobody holds. */
  readonly doubled: number[] = [];
  #match!: Match<I, S>;
  readonly #bodies: string[] = [];

  constructor(match: Match<I, S>) {
    this.watch(match);
  }

  /** Another referee goes on with the match. */
  watch(match: Match<I, S>): void {
    this.#match = match;
    afterTick(match, (tick) => {
      this.#bodies[tick - 1] = this.#bodyOf(tick - 1)!;
      if (!this.#isSound()) this.doubled.push(tick);
    });
  }

  /** Ticks whose frame, where it is still kept, is not what it was when it was closed. */
  get changed(): number[] {
    return this.#bodies.flatMap((body, tick) => {
      const now = this.#bodyOf(tick);
      return now === undefined || now === body ? [] : [tick];
    });
  }

  #bodyOf(tick: number): string | undefined {
    return this.#match.keyframes.framesBetween(tick, tick + 1)?.join(" ");
  }

  #isSound(): boolean {
    const { seats, world } = this.#match;
    const holders: string[] = [];
    for (let seat = 0; seat < seats.count; seat++) {
      const holder = seats.holder(seat);
      if (holder !== undefined) holders.push(holder.id);
      if (world.seats.isHeld(seat) !== (holder !== undefined)) return false;
    }
    return new Set(holders).size === holders.length;
  }
}
