/** The download of a snapshot, which comes in parts: how far it is, and how long the line takes for one. */
import { type Part, Unwrapper } from "../protocol/parcel.ts";

export class SnapshotDownload {
  readonly #parcel = new Unwrapper();
  #firstPart = { at: 0, bytes: 0 };
  #ms = 0;

  /** How much of it has arrived, 0 .. 1. */
  get progress(): number {
    return this.#parcel.progress;
  }

  /** Milliseconds for the bytes of the last snapshot, had it not been deflated; 0 when it came in a single part. */
  get ms(): number {
    return this.#ms;
  }

  /** Takes a part at `now`, in milliseconds; the snapshot when it was the last one. */
  take(part: Part, now: number): Uint8Array | "more" | "malformed" {
    if (part.offset === 0) this.#firstPart = { at: now, bytes: part.bytes.length };
    const snapshot = this.#parcel.take(part);
    if (snapshot === "more") return snapshot;
    const { at, bytes } = this.#firstPart;
    this.#ms = part.length > bytes ? ((now - at) * part.size) / (part.length - bytes) : 0;
    return snapshot;
  }
}
