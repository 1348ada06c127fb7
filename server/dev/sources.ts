/**
 * The sources of a development server, compared several times a second. File watchers miss some changes: a file that an
 * editor replaces by rename twice within a second, a folder on another machine. Comparing misses none.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const FOLDERS = ["server", "shared", "guards"];
const SINGLE = ["colyseus.config.ts", "package.json"];
const SOURCE = /\.(ts|mjs)$/;
const HIDDEN = /(^|\/)\./;
/** A file that has just changed is read again though its date is the same: dates are coarse. */
const READ_AGAIN = 10;

interface Seen {
  stamp: string;
  hash: string;
  looksLeft: number;
}

/** Whether a change of this file restarts the server. */
export function isServerSource(root: string, file: string): boolean {
  const path = relative(root, file).replaceAll("\\", "/");
  return SINGLE.includes(path) || (FOLDERS.some((folder) => path.startsWith(`${folder}/`)) && SOURCE.test(path));
}

export class Sources {
  readonly #root: string;
  #seen = new Map<string, Seen>();

  constructor(root: string) {
    this.#root = root;
  }

  /** A number for the contents of all of it: the same as before when nothing is another. */
  look(): string {
    const before = this.#seen;
    this.#seen = new Map();
    const all = createHash("sha256");
    for (const path of this.#paths()) {
      const seen = this.#lookAt(path, before.get(path));
      if (seen === undefined) continue;
      this.#seen.set(path, seen);
      all.update(`${path}\n${seen.hash}\n`);
    }
    return all.digest("hex");
  }

  #paths(): string[] {
    const found = FOLDERS.flatMap((folder) => {
      const entries = readdirSync(join(this.#root, folder), { withFileTypes: true, recursive: true });
      return entries
        .filter(({ name }) => SOURCE.test(name))
        .map((entry) => relative(this.#root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"));
    });
    return [...found.filter((path) => !HIDDEN.test(path)), ...SINGLE].sort();
  }

  /** @returns undefined for what is gone, or is no file. */
  #lookAt(path: string, before: Seen | undefined): Seen | undefined {
    try {
      const { mtimeMs, size, ino } = statSync(join(this.#root, path));
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (before?.stamp === stamp && before.looksLeft === 0) return before;
      const looksLeft = before?.stamp === stamp ? before.looksLeft - 1 : READ_AGAIN;
      return {
        stamp,
        looksLeft,
        hash: createHash("sha256")
          .update(readFileSync(join(this.#root, path)))
          .digest("hex"),
      };
    } catch {
      return undefined;
    }
  }
}
