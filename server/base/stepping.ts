/**
 * The stepping of this process: which room's rules run now. A process that hangs in them cannot say so itself; a thread beside it
 * reads the notes, and tells the primary, which ends such a process.
 */
import { Worker } from "node:worker_threads";
import { LENGTH, MOST_BYTES, NUMBERS, TICK, TURN } from "./step-notes.mjs";

const SHARED_BYTES = NUMBERS * Int32Array.BYTES_PER_ELEMENT + MOST_BYTES;

export class Stepping {
  readonly #shared = new SharedArrayBuffer(SHARED_BYTES);
  readonly #numbers = new Int32Array(this.#shared, 0, NUMBERS);
  readonly #text = new Uint8Array(this.#shared, NUMBERS * Int32Array.BYTES_PER_ELEMENT);

  /** Begins to watch. @param file the descriptor that is written to. */
  watch(file: number): void {
    const workerData = { isStepWatch: true, shared: this.#shared, file };
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
