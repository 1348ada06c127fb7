/** `npm run bench`: measures, prints one table, asserts nothing. Each section runs in a process of its own. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describeMachine } from "./machine.ts";
import { HELP, type Options, parseOptions, type SectionName } from "./options.ts";
import { printFooter, printMachine, printTable } from "./print.ts";
import type { Section } from "./row.ts";

/** Only for the processes this one starts: they measure and print JSON. */
const CHILD_VARIABLE = "PHALANX_BENCH_SECTION";

const MEASURE: Readonly<Record<SectionName, () => Promise<Section>>> = {
  rollback: async () => (await import("./rollback.ts")).measureRollback(),
  armies: async () => (await import("./skirmish/armies.ts")).measureArmies(),
  bytes: async () => (await import("./bytes.ts")).measureBytes(),
  orders: async () => (await import("./skirmish/command-bytes.ts")).measureOrders(),
  referee: async () => (await import("./referee.ts")).measureReferee(),
  client: async () => (await import("./client.ts")).measureClient(),
  guards: async () => (await import("./guards.ts")).measureGuards(),
  math: async () => (await import("./math.ts")).measureMath(),
  join: async () => (await import("./join.ts")).measureJoin(),
  lines: async () => (await import("./lines.ts")).measureLines(),
  journal: async () => (await import("./journal.ts")).measureJournal(),
  replays: async () => (await import("./replays/replays.ts")).measureReplays(),
};

/** What one section has taught the compiler (call sites that saw one game) must not slow the next one down. */
function measureApart(name: SectionName): Section {
  const args = [...process.execArgv, fileURLToPath(import.meta.url)];
  const env = { ...process.env, [CHILD_VARIABLE]: name, LOG_LEVEL: "silent" };
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8", env, stdio: ["ignore", "pipe", 2] });
  if (status !== 0) throw new Error(`the section ${name} failed; what it says is above`);
  // What Colyseus says comes before.
  return JSON.parse(stdout.slice(stdout.lastIndexOf("\n") + 1));
}

function run({ sections, jsonFile }: Options): void {
  const machine = describeMachine();
  process.stdout.write(`${printMachine(machine)}\n`);
  const started = performance.now();
  const measured = sections.map((name) => {
    if (process.stderr.isTTY) process.stderr.write(`measuring ${name} ...\r`);
    return measureApart(name);
  });
  process.stdout.write(printTable(measured) + printFooter(measured));
  process.stdout.write(`\n${((performance.now() - started) / 1000).toFixed(0)} s in all.\n`);
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify({ machine, sections: measured }, null, 2)}\n`);
}

const child = process.env[CHILD_VARIABLE] as SectionName | undefined;
if (child !== undefined) process.stdout.write(`\n${JSON.stringify(await MEASURE[child]())}`);
else {
  const options = parseOptions(process.argv.slice(2));
  if (options.kind === "help") process.stdout.write(HELP);
  else if (options.kind === "run") run(options);
  else {
    process.stderr.write(`${options.sentence}\n`);
    process.exitCode = 2;
  }
}
