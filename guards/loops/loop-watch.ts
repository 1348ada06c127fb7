/**
 * The watch for rules that do not return: this thread notes which rule runs, and a thread beside it reports one that
 * runs too long.
 */
import { Worker } from "node:worker_threads";
import { type LoopWorkerData, Noted } from "./noted.ts";

/** No rule is meant to take so long; a slow one is told by the step's clock long before. Milliseconds. */
const MOST_MS = 2000;

const WORKER = JSON.stringify(new URL("./loop-worker.ts", import.meta.url).href);
/** A thread of Node 20 reads TypeScript only through this door of tsx, not by `--import tsx`. */
const START = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${WORKER}, ${WORKER}))`;

export class LoopWatch {
  readonly #worker: Worker;
  readonly #noted: Int32Array;
  readonly #numbers = new Map<string, number>();

  constructor(mostMs = MOST_MS) {
    const shared = new SharedArrayBuffer(Noted.count * Int32Array.BYTES_PER_ELEMENT);
    const workerData: LoopWorkerData = { shared, mostMs };
    this.#noted = new Int32Array(shared);
    this.#worker = new Worker(START, { eval: true, workerData, execArgv: [] });
    this.#worker.unref();
  }

  /** A rule begins; `rule` such as `step of coins`. */
  begin(rule: string, tick: number | undefined): void {
    const noted = this.#noted;
    noted[Noted.rule] = this.#numberOf(rule);
    noted[Noted.tick] = tick ?? -1;
    Atomics.add(noted, Noted.turn, 1);
  }

  /** It has come back. */
  end(): void {
    Atomics.add(this.#noted, Noted.turn, 1);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #numberOf(rule: string): number {
    const known = this.#numbers.get(rule);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(rule, number);
    this.#worker.postMessage(rule);
    return number;
  }
}
