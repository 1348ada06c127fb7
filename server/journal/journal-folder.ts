/** The folder of a journal: one server's at a time, with the secret that its tickets are signed with. */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crashedFileIn } from "../base/crashed-rooms.ts";
import { makeFolder } from "../base/make-folder.ts";
import type { Settings } from "../config/settings.ts";
import { FolderLock, OWN_MODE } from "./folder-lock.ts";

const SECRET_BYTES = 32;

/** Where the settings want it; undefined: nowhere. A port that the system chooses is another one each time. */
export function journalPath({ JOURNAL, PORT }: Pick<Settings, "JOURNAL" | "PORT">): string | undefined {
  if (JOURNAL === "none") return undefined;
  if (JOURNAL !== "") return JOURNAL;
  return PORT === 0 ? undefined : join("journal", String(PORT));
}

/** Where it is written down which rooms have crashed; undefined where nobody goes on with any. */
export function crashedFile(settings: Pick<Settings, "JOURNAL" | "PORT">): string | undefined {
  const path = journalPath(settings);
  return path === undefined ? undefined : crashedFileIn(path);
}

/** Of several workers each writes into a folder of its own. */
const WORKER = /^worker-(\d+)$/;
export const workerPath = (path: string, worker: number): string => join(path, `worker-${worker}`);

/** The folders that workers have, or had, by their numbers. */
export function workerPaths(path: string): ReadonlyMap<number, string> {
  const names = existsSync(path) ? readdirSync(path).filter((name) => WORKER.test(name)) : [];
  return new Map(names.map((name) => [Number(WORKER.exec(name)![1]), join(path, name)]));
}

/** @throws LockedError when another process has it. */
export function lockWorkerPath(path: string): FolderLock {
  makeFolder(path, OWN_MODE);
  return new FolderLock(path);
}

/** The next process must know it, and each of several workers. */
export function secretIn(folder: string): Uint8Array {
  const path = join(folder, "secret");
  try {
    const secret = readFileSync(path);
    if (secret.length === SECRET_BYTES) return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const secret = randomBytes(SECRET_BYTES);
  writeFileSync(path, secret, { mode: 0o600 });
  return secret;
}

export class JournalFolder {
  readonly path: string;
  /** Known to every process of this server, now and later. */
  readonly secret: Uint8Array;
  readonly #lock: FolderLock;

  /** @throws LockedError when another server has it; what making, reading and writing throw. */
  constructor(path: string) {
    makeFolder(path, OWN_MODE);
    this.path = path;
    this.#lock = new FolderLock(path);
    this.secret = secretIn(path);
  }

  release(): void {
    this.#lock.release();
  }
}
