/**
 * The lock of a journal folder: one process writes into it. It is a file that says whose it is, and is touched now and then, so
 * that what a dead process left behind is told from what a living one holds. Locks are numbered, and the last one counts: none that
 * somebody may have is ever written over.
 */
import { readdirSync, readFileSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** How often the holder touches it, and after how long without that it is nobody's, whatever its process does. */
const TOUCH_MS = 2000;
const STALE_MS = 15_000;
/** Between the making of the file and its text another process may look. */
const MOST_WRITING_MS = 1000;
const LOOK_MS = 5;
const NAME = /^lock\.(\d+)$/;

/** Of folders that nobody else is to read. */
export const OWN_MODE = 0o700;

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** The folders that this process has. */
const own = new Set<string>();
const OWN: Holder = { pid: process.pid, host: hostname() };

/** @throws what a process throws that may not be asked. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The lock of this number, from 1: each holder's is one higher than the last, so that of those who start at once one makes it. */
const pathOf = (folder: string, number: number): string => join(folder, `lock.${number}`);

const numbersIn = (folder: string): number[] =>
  readdirSync(folder).flatMap((name) => {
    const number = NAME.exec(name)?.[1];
    return number === undefined ? [] : Number(number);
  });

const lastIn = (folder: string): number => Math.max(0, ...numbersIn(folder));

/** Undefined where it says nothing: it was given back, or whoever makes it has not written yet. @throws what reading throws. */
function readHolder(path: string): Partial<Holder> | undefined {
  const text = readFileSync(path, "utf8");
  try {
    return JSON.parse(text) as Partial<Holder>;
  } catch {
    return undefined;
  }
}

/** Waits for who is just writing it. @throws what reading throws. */
function holderOf(path: string): Partial<Holder> {
  for (const until = performance.now() + MOST_WRITING_MS; ; ) {
    const holder = readHolder(path);
    if (holder !== undefined || performance.now() > until) return holder ?? {};
    Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, LOOK_MS);
  }
}

/** A holder of another machine, or container, cannot be asked whether it lives: then only the time tells. */
function livingHolder(path: string): Holder | undefined {
  const { pid, host } = holderOf(path);
  if (pid === undefined || host === undefined || Date.now() - statSync(path).mtimeMs > STALE_MS) return undefined;
  if (host !== OWN.host) return { pid, host };
  // A container's first process has the number of the one before it.
  return pid !== OWN.pid && isAlive(pid) ? { pid, host } : undefined;
}

const hasCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** @returns the number of its lock, or who has the folder. @throws what reading and writing throw. */
function take(folder: string): number | Holder {
  for (;;) {
    const last = lastIn(folder);
    const number = last + 1;
    try {
      const holder = last === 0 ? undefined : livingHolder(pathOf(folder, last));
      if (holder !== undefined) return holder;
      writeFileSync(pathOf(folder, number), JSON.stringify(OWN), { mode: 0o600, flag: "wx" });
    } catch (error) {
      // Another one was quicker: it has made this one, or a later one and removed the last.
      if (hasCode(error, "EEXIST") || hasCode(error, "ENOENT")) continue;
      throw error;
    }
    const all = numbersIn(folder);
    const isLast = Math.max(...all) === number;
    for (const each of isLast ? all.filter((other) => other !== number) : [number])
      rmSync(pathOf(folder, each), { force: true });
    if (isLast) return number;
  }
}

/** Another process has the folder. */
export class LockedError extends Error {}

export class FolderLock {
  readonly #folder: string;
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;

  /** @throws LockedError with a sentence when another process has it; what reading and writing throw. */
  constructor(folder: string) {
    this.#folder = realpathSync(folder);
    const taken = own.has(this.#folder) ? OWN : take(this.#folder);
    if (typeof taken !== "number")
      throw new LockedError(
        `process ${taken.pid} on ${taken.host} writes its journal into ${folder}: end it, or give this one another folder`,
      );
    this.#path = pathOf(this.#folder, taken);
    own.add(this.#folder);
    this.#timer = setInterval(() => this.#touch(), TOUCH_MS).unref();
  }

  /** The file stays, and says that it is nobody's: a number is never had twice. */
  release(): void {
    clearInterval(this.#timer);
    own.delete(this.#folder);
    try {
      writeFileSync(this.#path, JSON.stringify({}));
    } catch {
      // A disk that takes nothing, or a folder that is gone: this process ends, and then it is free all the same.
    }
  }

  #touch(): void {
    const now = new Date();
    try {
      utimesSync(this.#path, now, now);
    } catch {
      // A disk that takes nothing: the journal says so where it matters.
    }
  }
}
