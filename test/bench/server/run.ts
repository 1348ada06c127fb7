/** `npm run bench:server`: our server beside its floors in one run, in turns; prints tables, asserts nothing. */
import { writeFileSync } from "node:fs";
import { describeMachine } from "../machine.ts";
import { printMachine } from "../print.ts";
import { findCapacities, tryToHold } from "./capacity.ts";
import { compareInTurns } from "./compare.ts";
import { measureCurves } from "./curves.ts";
import { whyNoCRelay } from "./loads/c-relay.ts";
import { measure } from "./measure.ts";
import { measureMemory } from "./memory.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { measurePairs } from "./pairs.ts";
import { drawCurves } from "./plot.ts";
import { tableOf } from "./table.ts";

const print = (text: string): void => void process.stdout.write(text);
const say = (text: string): void => void process.stderr.write(`${text} ...\n`);

function optionsOrEnd(): Options {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options !== "help") return options;
    print(HELP);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

async function compare({ contenders, repetitions, load, profile }: Options): Promise<object> {
  const reason = whyNoCRelay();
  if (reason !== undefined && contenders.includes("c relay")) say(`c relay: left out, ${reason}`);
  const able = contenders.filter((name) => name !== "c relay" || reason === undefined);
  const measured = await compareInTurns(able, repetitions, (contender, repetition) => {
    say(`${repetition}: ${contender}`);
    return measure(contender, load, { profile });
  });
  print(tableOf(measured, load));
  return { load, measured: Object.fromEntries(measured) };
}

async function run(options: Options): Promise<object> {
  switch (options.section) {
    case "compare":
      return compare(options);
    case "capacity":
      return findCapacities(options, say, print);
    case "pairs":
      return measurePairs(options, (contender, load) => tryToHold(contender, load, say), print);
    case "memory":
      return measureMemory(options, say, print);
    case "curves": {
      const curves = await measureCurves(options, say, print);
      if (options.svg !== undefined) writeFileSync(options.svg, drawCurves(curves));
      return { curves };
    }
  }
}

const options = optionsOrEnd();
const machine = describeMachine();
print(`${printMachine(machine)}\n`);
const result = await run(options);
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ machine, ...result }, null, 2)}\n`);
