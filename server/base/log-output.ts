/**
 * The output of the log: standard output, whatever becomes of it. A reader that dies or stalls, a full disk or a closed
 * terminal costs lines, but no match and not the process.
 */
import { fstatSync, writeSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";

const STDOUT = 1;
/** The most that waits for a slow reader; lines beyond are given up. */
const MOST_WAITING_BYTES = 1 << 20;
/** How long the end of the process waits for a slow reader. */
const MOST_ENDING_MS = 500;
const LOOK_MS = 10;

/** Files are written at once: Node's stream of one never writes again after the first error, a full disk has room again. */
const isFile = (): boolean => {
  try {
    return fstatSync(STDOUT).isFile();
  } catch {
    return false;
  }
};

export class LogOutput {
  readonly #isFile = isFile();
  #lost = 0;

  constructor() {
    // Without a listener each line would be an exception, whose report is a line.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  }

  /** Writes one line, its end included; never throws, never waits. */
  write(line: string): void {
    if (this.#isFile) this.#append(line);
    else if (process.stdout.errored || this.#waiting > MOST_WAITING_BYTES) this.#lost++;
    else process.stdout.write(`${this.#gap()}${line}`);
  }

  #append(line: string): void {
    const gap = this.#lost;
    try {
      writeSync(STDOUT, `${this.#gap()}${line}`);
    } catch {
      this.#lost = gap + 1;
    }
  }

  /** Once there is room again, how many lines are missing here. */
  #gap(): string {
    if (this.#lost === 0) return "";
    const line = { level: 40, time: Date.now(), lost: this.#lost, msg: "lines of the log are missing here" };
    this.#lost = 0;
    return `${JSON.stringify(line)}\n`;
  }

  /** Resolves when what was written has gone, or nobody reads it any more. */
  async end(): Promise<void> {
    const until = performance.now() + MOST_ENDING_MS;
    while (this.#waiting > 0 && !process.stdout.errored && performance.now() < until) await after(LOOK_MS);
  }

  get #waiting(): number {
    return process.stdout.writableLength;
  }
}

export const output = new LogOutput();
