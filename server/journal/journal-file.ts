/** A file of the journal: grows at its end, and is brought to the disk as often as the operator wants. */
import { closeSync, fdatasyncSync, openSync, unlinkSync, writeSync } from "node:fs";

/** When what was written is brought to the disk: by the system, in a group now and then, or before anything is sent. */
export type JournalSync = "os" | "group" | "always";

export class JournalFile {
  /** Bytes. */
  size = 0;
  /** It may end with a part of a record: nothing is to follow it. */
  isTorn = false;
  readonly path: string;
  readonly #sync: JournalSync;
  readonly #file: number;
  #isDirty = false;

  /** @throws what opening a file throws; one that is there already is not touched. */
  constructor(path: string, sync: JournalSync) {
    this.path = path;
    this.#sync = sync;
    this.#file = openSync(path, "ax", 0o600);
  }

  /** @throws what writing throws; what of the bytes was written then is a torn end. */
  append(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) at += writeSync(this.#file, bytes, at);
    this.size += bytes.length;
    this.#isDirty = true;
    if (this.#sync === "always") this.flush();
  }

  /** Brings it to the disk, if it is not there. */
  flush(): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    fdatasyncSync(this.#file);
  }

  close(): void {
    if (this.#sync !== "os" && !this.isTorn) this.flush();
    closeSync(this.#file);
  }

  remove(): void {
    closeSync(this.#file);
    unlinkSync(this.path);
  }
}
