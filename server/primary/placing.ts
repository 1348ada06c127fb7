/** The placing of new rooms: in the worker that has the fewest. Who is asked for one is decided by the system, which is not fair. */

/** A room that has not opened by then does not any more: it was refused. */
const MOST_OPENING_MS = 2000;

export interface Placed {
  readonly isReady: boolean;
  readonly processId: string | undefined;
  readonly rooms: RoomCount;
}

/** The rooms of one worker: those that are open, and those that are on their way to it. */
export class RoomCount {
  #open = 0;
  /** When each was placed here, in milliseconds. */
  #placed: number[] = [];

  get open(): number {
    return this.#open;
  }

  /** It has said how many are open. */
  told(count: number): void {
    this.#placed.splice(0, Math.max(0, count - this.#open));
    this.#open = count;
  }

  place(now: number): void {
    this.#placed.push(now);
  }

  /** How many it has, or is about to. */
  expected(now: number): number {
    this.#placed = this.#placed.filter((at) => now - at < MOST_OPENING_MS);
    return this.#open + this.#placed.length;
  }
}

/** @returns the process as Colyseus calls it; undefined when no worker is ready. */
export function place(workers: readonly Placed[], now: number): string | undefined {
  const [emptiest] = workers
    .filter(({ isReady }) => isReady)
    .sort((a, b) => a.rooms.expected(now) - b.rooms.expected(now));
  emptiest?.rooms.place(now);
  return emptiest?.processId;
}
