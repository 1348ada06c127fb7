/** The journal files that a process has left in a folder, and the matches that they tell of. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LeftMatch } from "./journal.ts";
import { leftMatches } from "./left-matches.ts";

const NAME = /^(\d{8})\.journal$/;

/** The files of a folder, the oldest first. */
export const journalFilesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => NAME.test(name))
        .sort()
        .map((name) => join(folder, name))
    : [];

/** The file that comes after these. */
export function nextFileIn(folder: string): string {
  const last = journalFilesIn(folder).at(-1);
  const number = last === undefined ? 1 : Number(NAME.exec(last.slice(-"00000000.journal".length))![1]) + 1;
  return join(folder, `${String(number).padStart(8, "0")}.journal`);
}

export class LeftFolder {
  readonly matches: readonly LeftMatch[];
  readonly #files: readonly string[];

  /** What is in it now: what is written there later is not of it. @throws what reading throws. */
  constructor(folder: string) {
    this.#files = journalFilesIn(folder);
    this.matches = leftMatches(this.#files.map((path) => readFileSync(path)));
  }

  /** Whoever goes on with the matches has written them down anew. */
  remove(): void {
    for (const path of this.#files) rmSync(path, { force: true });
  }
}
