/** A bystander: a process that does nothing but wake up at every tick. How late it does is the machine's doing, and no server's. */
import { answerCalls } from "./calls.ts";

const TICK_MS = 50;
const late: number[] = [];
let dueAt = performance.now() + TICK_MS;

function wake(): void {
  const now = performance.now();
  late.push(now - dueAt);
  dueAt = Math.max(dueAt + TICK_MS, now);
  setTimeout(wake, dueAt - now);
}
setTimeout(wake, TICK_MS);

const CALLS = {
  /** Milliseconds of each time since it was last asked. */
  lateness: () => late.splice(0),
};

export type BystanderCalls = typeof CALLS;

answerCalls(CALLS);
