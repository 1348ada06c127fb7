/**
 * The lock of a journal folder: one process writes into it. It is a file that says whose it is, and is touched now and then, so
 * that what a dead process left behind is told from what a living one holds.
 */
import { readFileSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** How often the holder touches it, and after how long without that it is nobody's, whatever its process does. */
const TOUCH_MS = 2000;
const STALE_MS = 15_000;

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

function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** A holder of another machine, or container, cannot be asked whether it lives: then only the time tells. */
function isHeld(path: string): Holder | undefined {
  const holder = holderOf(path);
  if (holder === undefined || Date.now() - statSync(path).mtimeMs > STALE_MS) return undefined;
  if (holder.host !== OWN.host) return holder;
  // A container's first process has the number of the one before it.
  return holder.pid !== OWN.pid && isAlive(holder.pid) ? holder : undefined;
}

/** Another process has the folder. */
export class LockedError extends Error {}

export class FolderLock {
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;

  /** @throws LockedError with a sentence when another process has it; what writing throws. */
  constructor(folder: string) {
    this.#path = join(realpathSync(folder), "lock");
    const holder = own.has(this.#path) ? OWN : isHeld(this.#path);
    if (holder !== undefined)
      throw new LockedError(
        `process ${holder.pid} on ${holder.host} writes its journal into ${folder}: end it, or give this one another folder`,
      );
    rmSync(this.#path, { force: true });
    // Of two that start at once one finds that of the other.
    writeFileSync(this.#path, JSON.stringify(OWN), { mode: 0o600, flag: "wx" });
    own.add(this.#path);
    this.#timer = setInterval(() => this.#touch(), TOUCH_MS).unref();
  }

  release(): void {
    clearInterval(this.#timer);
    own.delete(this.#path);
    rmSync(this.#path, { force: true });
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
