/**
 * The received frames that are not stepped yet, still as bytes: a frame is decoded against the world it is applied to.
 */
import { ByteReader } from "../bytes/bytes.ts";

interface Batch {
  nextTick: number;
  left: number;
  readonly reader: ByteReader;
}

export class FrameInbox {
  #batches: Batch[] = [];
  #nextTick = 0;

  /** First tick of which no frame has been received. */
  get nextTick(): number {
    return this.#nextTick;
  }

  /** Empties it; the next frame expected is that of `tick`. */
  reset(tick: number): void {
    this.#batches = [];
    this.#nextTick = tick;
  }

  /**
   * Takes a run of frames. Frames received already are left out (a joiner gets older queued messages after its
   * snapshot).
   *
   * @returns "gap" when frames before it are missing: the sender has to be asked for a snapshot.
   */
  push(firstTick: number, count: number, bodies: Uint8Array): "taken" | "old" | "gap" {
    if (firstTick + count <= this.#nextTick) return "old";
    if (firstTick !== this.#nextTick) return "gap";
    this.#batches.push({ nextTick: firstTick, left: count, reader: new ByteReader(bodies) });
    this.#nextTick = firstTick + count;
    return "taken";
  }

  /** The reader that stands at the next frame to be stepped, or undefined when there is none. */
  next(): ByteReader | undefined {
    const batch = this.#batches[0];
    if (batch === undefined) return undefined;
    batch.left--;
    if (batch.left === 0) this.#batches.shift();
    return batch.reader;
  }
}
