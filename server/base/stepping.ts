/**
 * The stepping of this process: which room's rules run now. A process that hangs in them cannot say so itself; a thread beside it
 * reads the notes, and tells the primary, which ends such a process; where there is none, the thread does.
 */
import { Worker } from "node:worker_threads";
import { LENGTH, MOST_BYTES, NUMBERS, TICK, TURN } from "./step-notes.mjs";
import { workerId } from "./worker-id.ts";

const SHARED_BYTES = NUMBERS * Int32Array.BYTES_PER_ELEMENT + MOST_BYTES;

export interface StepWatch {
  /** A worker's: the descriptor that is written to, at whose other end is the primary. */
  readonly file?: number;
  /** A step that has run for so long does not come back, in seconds. */
  readonly mostSeconds: number;
  /** Where the room is written down then. */
  readonly crashed?: string | undefined;
}

export class Stepping {
  readonly #shared = new SharedArrayBuffer(SHARED_BYTES);
  readonly #numbers = new Int32Array(this.#shared, 0, NUMBERS);
  readonly #text = new Uint8Array(this.#shared, NUMBERS * Int32Array.BYTES_PER_ELEMENT);

  /** Begins to watch. */
  watch({ mostSeconds, ...watch }: StepWatch): void {
    const where = { worker: workerId, parent: process.ppid, mostMs: mostSeconds * 1000 };
    const workerData = { isStepWatch: true, shared: this.#shared, ...where, ...watch };
    new Worker(new URL("./step-notes.mjs", import.meta.url), { workerData, execArgv: [] }).unref();
  }

  /** A room's own notes: they are made once, and cost a tick some nanoseconds. */
  of(room: string, game: string): StepNotes {
    return new StepNotes(this.#numbers, this.#text, `${room} ${game}`);
  }
}

export class StepNotes {
  readonly #numbers: Int32Array;
  readonly #text: Uint8Array;
  readonly #name: Uint8Array;

  constructor(numbers: Int32Array, text: Uint8Array, name: string) {
    this.#numbers = numbers;
    this.#text = text;
    this.#name = new TextEncoder().encode(name).subarray(0, MOST_BYTES);
  }

  begin(tick: number): void {
    this.#text.set(this.#name);
    this.#numbers[LENGTH] = this.#name.length;
    this.#numbers[TICK] = tick;
    Atomics.add(this.#numbers, TURN, 1);
  }

  end(): void {
    Atomics.add(this.#numbers, TURN, 1);
  }
}

/** Of this process: it has one thread that steps. */
export const stepping = new Stepping();
