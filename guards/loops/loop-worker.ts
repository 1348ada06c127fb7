/** The thread beside: checks whether a rule returns, and if it does not, reports which one and in which line it is. */
import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { placeOf } from "../traps/place.ts";
import { mainStack } from "./main-stack.ts";
import { type LoopWorkerData, Noted } from "./noted.ts";

const LOOK_MS = 250;
const STDERR = 2;

const { shared, mostMs } = workerData as LoopWorkerData;
const noted = new Int32Array(shared);
const rules: string[] = [];
let turn = 0;
let since = performance.now();

parentPort?.on("message", (rule: string) => void rules.push(rule));

setInterval(() => {
  const seen = Atomics.load(noted, Noted.turn);
  if (seen === turn) {
    const ran = performance.now() - since;
    if (seen % 2 === 0 || ran < mostMs) return;
    void tell(ran);
    since = Number.POSITIVE_INFINITY; // once
    return;
  }
  turn = seen;
  since = performance.now();
}, LOOK_MS);

async function tell(ranMs: number): Promise<void> {
  const [rule, tick] = [noted[Noted.rule]!, noted[Noted.tick]!];
  const place = placeOf(await mainStack());
  const where = place === undefined ? "" : `${place}: `;
  const when = tick < 0 ? "" : ` at tick ${tick}`;
  writeSync(
    STDERR,
    `\n  ${where}${rules[rule] ?? "a rule"}${when} has been running for ${Math.round(ranMs / 1000)} s: a loop without end?\n` +
      "  Every room of this server stands still as long as it runs. Save the mended file to go on.\n\n",
  );
}
