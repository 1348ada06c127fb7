/** `npm run bench:server`: our server beside its floors in one run, in turns; prints a table, asserts nothing. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { describeMachine } from "../machine.ts";
import { printMachine } from "../print.ts";
import { CONTENDERS, type Contender, type Load } from "./contender.ts";
import { type Measured, measure } from "./measure.ts";
import { tableOf } from "./table.ts";

const HELP = `npm run bench:server -- [--rooms N] [--per-room N] [--rate HZ] [--every N] [--seconds S] [--reps N] [--only NAME;...] [--json FILE] [--profile DIR]

  --rooms 125      rooms, and --per-room 8 clients in each
  --rate 20        ticks a second
  --every 1        a client sends an input after every so many frames; those of "phalanx" speak as bots' clients do,
                   where they are not "talkative"
  --seconds 5      measured time of one repetition, after --warm 2
  --reps 3         repetitions; contenders take turns
  --only 'NAME;...' of ${CONTENDERS.join("; ")}
  --json FILE      write every repetition as JSON too
  --profile DIR    write a CPU profile of each server; the figures are then too high
`;

const { values } = parseArgs({
  options: {
    rooms: { type: "string", default: "125" },
    "per-room": { type: "string", default: "8" },
    rate: { type: "string", default: "20" },
    every: { type: "string", default: "1" },
    seconds: { type: "string", default: "5" },
    warm: { type: "string", default: "2" },
    reps: { type: "string", default: "3" },
    only: { type: "string", default: CONTENDERS.join(";") },
    json: { type: "string" },
    profile: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

function positive(name: "rooms" | "per-room" | "rate" | "every" | "seconds" | "warm" | "reps"): number {
  const value = Number(values[name]);
  return value > 0 ? value : fail(`--${name} must be a number above 0; --help lists the options.`);
}

if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const wanted = values.only.split(";").map((name) => name.trim());
const unknown = wanted.find((name) => !(CONTENDERS as readonly string[]).includes(name));
if (unknown !== undefined) fail(`There is no contender "${unknown}"; there are ${CONTENDERS.join("; ")}.`);
const load: Load = {
  rooms: positive("rooms"),
  perRoom: positive("per-room"),
  tickRate: positive("rate"),
  inputEvery: positive("every"),
  seconds: positive("seconds"),
  warmSeconds: positive("warm"),
};

const machine = describeMachine();
process.stdout.write(`${printMachine(machine)}\n`);
const measured = new Map<Contender, Measured[]>(wanted.map((name) => [name as Contender, []]));
for (let repetition = 1; repetition <= positive("reps"); repetition++)
  for (const [contender, all] of measured) {
    process.stderr.write(`${repetition}: ${contender} ...\n`);
    all.push(await measure(contender, load, values.profile));
  }
process.stdout.write(tableOf(measured, load));
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ machine, load, measured: Object.fromEntries(measured) }, null, 2)}\n`);
