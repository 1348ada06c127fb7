/**
 * Backpressure of one client: what waits in its socket, and whether it becomes less (R14). The buffer's size alone says little: a
 * whole world fills it at once on every line, and the kernel takes some megabytes first on some.
 */
import type { Peer } from "./peer.ts";

/** A full socket of which nothing was taken for so long: nobody reads. The kernel asks for more by a third of its buffer. */
const STALLED_SECONDS = 20;
/** Bytes written this long ago that still wait are too late for a game. */
const LATE_SECONDS = 30;
/** And so long is all that a whole world may take. */
const LONGEST_SECONDS = 120;

/** "fine", "high": it should be sent nothing more for now; "hopeless": nobody reads, or far too slowly. */
export type Pressure = "fine" | "high" | "hopeless";

/** The part of a connection that it reads. */
export type Flow = Pick<Peer, "writtenBytes" | "takenBytes">;

export class Backpressure {
  /** Up to here there is a whole world, which may be as large as it is. */
  #wholeEnd = 0;
  #taken: number;
  #isWhole = false;
  #stalledLooks = 0;
  /** Everything up to here was written this many checks ago, and not all of it is taken. */
  #mark: number;
  #markLooks = 0;

  constructor(flow: Flow) {
    this.#taken = flow.takenBytes;
    this.#mark = flow.writtenBytes;
  }

  /** Everything written so far, and the next `nextBytes`, is a whole world or must be sent at once anyway. */
  allow({ writtenBytes }: Flow, nextBytes: number): void {
    this.#wholeEnd = writtenBytes + nextBytes;
  }

  /** Whether a whole world is still on its way, and some of it has gone within this many checks. */
  isCarrying(looks: number): boolean {
    return this.#isWhole && this.#stalledLooks <= looks;
  }

  /**
   * To be called once a tick while anything waits; looks are what it counts, so that a process that stood still blames nobody.
   *
   * @param mostBytes that may wait beside a whole world.
   */
  look({ writtenBytes, takenBytes }: Flow, looksPerSecond: number, mostBytes: number): Pressure {
    this.#stalledLooks = takenBytes > this.#taken ? 0 : this.#stalledLooks + 1;
    this.#taken = takenBytes;
    if (takenBytes >= this.#mark) {
      this.#mark = writtenBytes;
      this.#markLooks = 0;
    } else this.#markLooks++;
    if (this.#stalledLooks > STALLED_SECONDS * looksPerSecond) return "hopeless";
    if (this.#markLooks > LONGEST_SECONDS * looksPerSecond) return "hopeless";
    this.#isWhole = this.#wholeEnd > takenBytes;
    if (!this.#isWhole && this.#markLooks > LATE_SECONDS * looksPerSecond) return "high";
    return writtenBytes - Math.max(takenBytes, this.#wholeEnd) > mostBytes ? "high" : "fine";
  }
}
