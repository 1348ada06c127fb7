/** Processes in which a Firefox runs its pages: they are stopped and go on by signals, all at once. */
import { readdirSync, readFileSync } from "node:fs";

/** Of these a slowed page runs a part. */
const TURN_MS = 100;

export class FirefoxPages {
  readonly #firefox: number;
  #turns: NodeJS.Timeout | undefined;
  #turn: NodeJS.Timeout | undefined;

  /** @param firefox its own process. */
  constructor(firefox: number) {
    this.#firefox = firefox;
  }

  async freeze(isFrozen: boolean): Promise<void> {
    signalAll(contentProcesses(this.#firefox), isFrozen ? "SIGSTOP" : "SIGCONT");
  }

  async throttle(slowdown: number): Promise<void> {
    clearInterval(this.#turns);
    clearTimeout(this.#turn);
    const processes = contentProcesses(this.#firefox);
    signalAll(processes, slowdown <= 1 ? "SIGCONT" : "SIGSTOP");
    if (slowdown <= 1) return;
    this.#turns = setInterval(() => {
      signalAll(processes, "SIGCONT");
      this.#turn = setTimeout(() => signalAll(processes, "SIGSTOP"), TURN_MS / slowdown);
    }, TURN_MS);
  }
}

function signalAll(processes: readonly number[], signal: "SIGSTOP" | "SIGCONT"): void {
  for (const id of processes) {
    try {
      process.kill(id, signal);
    } catch {
      // It has ended: Firefox keeps some in reserve.
    }
  }
}

interface Running {
  readonly id: number;
  readonly parent: number;
  readonly isForPages: boolean;
}

/** @throws Error where there is no `/proc`, or no such Firefox. */
function contentProcesses(firefox: number): number[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => running(Number(name)));
  const ours = new Set([firefox]);
  // A child may have a lower number than its parent.
  for (let before = 0; before !== ours.size; ) {
    before = ours.size;
    for (const { id, parent } of all) if (ours.has(parent)) ours.add(id);
  }
  const found = all.filter(({ id, isForPages }) => isForPages && ours.has(id)).map(({ id }) => id);
  if (found.length === 0) throw new Error("this Firefox runs no page");
  return found;
}

/** Nothing when it has just ended. */
function running(id: number): Running[] {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
    // The program's name stands in brackets and may hold anything; after it come the state and the parent.
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [{ id, parent: Number(parent), isForPages: / -isForBrowser /.test(command) }];
  } catch {
    return [];
  }
}
