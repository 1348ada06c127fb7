/** The file of a recording: grows block by block beside its name, and gets it when the match is over. */
import { closeSync, constants, openSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../base/make-folder.ts";
import { PART } from "./recording-name.ts";

/** Names of players are in it. */
const MODE = 0o600;
/** What is gone is not made anew without its beginning. */
const AT_ITS_END = constants.O_WRONLY | constants.O_APPEND;

export class RecordingFile {
  readonly name: string;
  /** Bytes. */
  size = 0;
  readonly #folder: string;
  readonly #part: string;
  /** Whether a file of that name was made here. */
  #isOurs = false;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.name = name;
    this.#part = join(folder, `${name}${PART}`);
  }

  /** It is opened for each block, mostly twice a minute: so many rooms would else hold as many files. @throws what writing throws. */
  append(bytes: Uint8Array): void {
    if (this.size === 0) makeFolder(this.#folder);
    const file = openSync(this.#part, this.size === 0 ? "wx" : AT_ITS_END, MODE);
    this.#isOurs = true;
    try {
      writeFileSync(file, bytes);
    } finally {
      closeSync(file);
    }
    this.size += bytes.length;
  }

  /** Gives it its name; nothing of it stays when nothing was written. @throws what renaming throws. */
  finish(): void {
    if (this.size > 0) renameSync(this.#part, join(this.#folder, this.name));
  }

  /** What was written last is torn: it ends before. */
  cutBack(): void {
    if (this.size > 0) truncateSync(this.#part, this.size);
    else if (this.#isOurs) rmSync(this.#part, { force: true });
  }
}
