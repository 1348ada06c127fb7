/**
 * The notes on the step that runs now, in memory that two threads share: where each number stands, and the thread that reads
 * them beside the one that steps. It is plain JavaScript, because a thread of Node 20 does not read TypeScript.
 */
import { appendFileSync, writeSync } from "node:fs";
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
/** A worker whose primary is gone hears of it and ends at once, or hangs. */
const MOST_ORPHANED_MS = 2000;
const STDOUT = 1;
const ERROR = 50;

/** Whether the process that has started this one is gone; Windows goes on naming it. */
function isOrphan(parent) {
  if (process.ppid !== parent) return true;
  if (process.platform !== "win32") return false;
  try {
    process.kill(parent, 0);
    return false;
  } catch {
    return true;
  }
}

function attempt(work) {
  try {
    work();
  } catch {
    // The primary is gone, and this process goes with it; or the disk takes nothing.
  }
}

/**
 * Tells the primary when a step takes long, and when it has come back after all. Where there is no primary, or no more, it ends
 * a process that hangs, and writes down in which room that was.
 */
function watch({ shared, file, worker, parent, mostMs, crashed }) {
  const numbers = new Int32Array(shared, 0, NUMBERS);
  const text = new Uint8Array(shared, NUMBERS * Int32Array.BYTES_PER_ELEMENT);
  let turn = 0;
  /** Looks, not times: on a machine that slept nobody hangs. */
  let looks = 0;
  let orphanLooks = 0;
  let isTold = false;
  const step = () => {
    const [room, game] = new TextDecoder().decode(text.slice(0, numbers[LENGTH])).split(" ");
    return { room, game, tick: numbers[TICK] };
  };
  const tell = (what) => {
    if (file !== undefined) attempt(() => writeSync(file, `${JSON.stringify(what)}\n`));
  };
  const end = (isLong, msg) => {
    const where = isLong ? step() : {};
    if (isLong && crashed !== undefined)
      attempt(() => appendFileSync(crashed, `\n${JSON.stringify(where)}\n`, { mode: 0o600 }));
    const line = { level: ERROR, time: Date.now(), ...(worker === undefined ? {} : { worker }), ...where, msg };
    attempt(() => writeSync(STDOUT, `${JSON.stringify(line)}\n`));
    process.kill(process.pid, "SIGKILL");
  };
  setInterval(() => {
    const seen = Atomics.load(numbers, TURN);
    if (seen !== turn) {
      turn = seen;
      looks = 0;
      if (isTold) tell({});
      isTold = false;
    } else looks++;
    const isStepping = seen % 2 === 1;
    if (isStepping && !isTold && looks * LOOK_MS > LONG_MS) {
      isTold = true;
      tell(step());
    }
    const isLong = isStepping && looks * LOOK_MS >= mostMs;
    if (file === undefined) {
      if (isLong)
        end(true, "the rules of a room do not return: this process is ended, and the next one leaves the room alone");
    } else if (isOrphan(parent) && ++orphanLooks * LOOK_MS > MOST_ORPHANED_MS)
      end(isLong, "the primary process has ended, and this worker hangs: it is ended");
  }, LOOK_MS);
}

if (parentPort !== null && workerData?.isStepWatch === true) watch(workerData);
