/** The rooms of workers that have ended, those of the server before among them, until another one has opened them again. */

/** Beyond this they do not come any more. A start takes some seconds, on a machine that does much else many. */
const MOST_WAIT_MS = 60_000;

interface Orphan {
  /** The number of the worker that it was in. */
  readonly worker: number;
  readonly until: number;
}

export class Orphans {
  readonly #goOn: boolean;
  readonly #rooms = new Map<string, Orphan>();
  /** Until all workers have begun any room may be one that the last server left. */
  #anyUntil = Number.NEGATIVE_INFINITY;

  /** @param goOn whether there is a journal: without one a room ends with its worker. */
  constructor(goOn: boolean) {
    this.#goOn = goOn;
    if (goOn) this.#anyUntil = performance.now() + MOST_WAIT_MS;
  }

  /** All workers have opened what the last server left. */
  allHaveBegun(): void {
    this.#anyUntil = Number.NEGATIVE_INFINITY;
  }

  add(worker: number, rooms: readonly string[]): void {
    const until = performance.now() + MOST_WAIT_MS;
    if (this.#goOn) for (const room of rooms) this.#rooms.set(room, { worker, until });
  }

  /** Whoever takes its place has opened all that could be opened. */
  forgetThoseOf(worker: number): void {
    for (const [room, orphan] of this.#rooms) if (orphan.worker === worker) this.#rooms.delete(room);
  }

  /** Whether its worker has ended, and not all rooms of that one are open again. */
  has(room: string): boolean {
    return this.#rooms.has(room);
  }

  isAwaited(room: string, now: number): boolean {
    return now < (this.#rooms.get(room)?.until ?? this.#anyUntil);
  }
}
