/**
 * The notes on the step that runs now, in memory that two threads share: where each number stands, and the thread that reads
 * them beside the one that steps. It is plain JavaScript, because a thread of Node 20 does not read TypeScript.
 */
import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

/** Of the whole numbers: `turn` counts begins and ends, and is odd while a step runs. */
export const TURN = 0;
export const TICK = 1;
export const LENGTH = 2;
export const NUMBERS = 3;
/** Behind them: the room and its game as text, at most so many bytes. */
export const MOST_BYTES = 128;

const LOOK_MS = 100;
/** What takes less is not worth a word. */
const LONG_MS = 500;

/** Tells the primary when a step takes long, and when it has come back after all. @param shared the notes. @param file where to. */
function watch(shared, file) {
  const numbers = new Int32Array(shared, 0, NUMBERS);
  const text = new Uint8Array(shared, NUMBERS * Int32Array.BYTES_PER_ELEMENT);
  let turn = 0;
  let since = performance.now();
  let isTold = false;
  const tell = (what) => {
    try {
      writeSync(file, `${JSON.stringify(what)}\n`);
    } catch {
      // The primary is gone, and this process goes with it.
    }
  };
  setInterval(() => {
    const seen = Atomics.load(numbers, TURN);
    if (seen !== turn) {
      turn = seen;
      since = performance.now();
      if (isTold) tell({});
      isTold = false;
    } else if (seen % 2 === 1 && !isTold && performance.now() - since > LONG_MS) {
      isTold = true;
      const [room, game] = new TextDecoder().decode(text.slice(0, numbers[LENGTH])).split(" ");
      tell({ room, game, tick: numbers[TICK] });
    }
  }, LOOK_MS);
}

if (parentPort !== null && workerData?.isStepWatch === true) watch(workerData.shared, workerData.file);
