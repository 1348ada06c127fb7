/**
 * The outflow of a socket: what has really left it. Node counts what is written in one piece as unsent until all of it
 * is gone, and a whole world is one piece; how much of it the kernel has taken by now, only the native side knows.
 */
import type { StreamHandle } from "./stream-wrap.ts";

export class Outflow {
  /** Bytes written so far, by any way. */
  written = 0;
  /** The side that writes to the network: below TLS, where everything is a little longer. */
  readonly #native: StreamHandle | undefined;
  /** What the native side had taken when nothing waited, less what was written by then. */
  #base = 0;

  constructor(handle: StreamHandle | undefined) {
    const native = handle?._parent ?? handle;
    const isKnown = typeof native?.bytesWritten === "number" && typeof native.writeQueueSize === "number";
    if (isKnown) this.#native = native;
    this.#base = this.#nativelyTaken();
  }

  /** Bytes of `written` that are gone. @param unsent that wait at most. */
  taken(unsent: number): number {
    const least = this.written - unsent;
    if (this.#native === undefined) return least;
    const taken = this.#nativelyTaken();
    if (unsent === 0) this.#base = taken - this.written;
    return Math.max(least, Math.min(this.written, taken - this.#base));
  }

  #nativelyTaken(): number {
    const { bytesWritten = 0, writeQueueSize = 0 } = this.#native ?? {};
    return bytesWritten - writeQueueSize;
  }
}
