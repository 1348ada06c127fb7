/** `npm run bench:feel`: how late own keys are on the screen over each network, and by how far figures are put right for it. */

import { games } from "../../../shared/games/index.ts";
import { bothWays, type Network } from "../../../shared/netsim/conditions.ts";
import { PRESETS } from "../../../shared/netsim/presets.ts";
import { describeMachine } from "../machine.ts";
import { OTHERS, type Outcome, play, sum } from "./play.ts";

const SEEDS = [1, 2, 3];
/** Ticks of input delay that what the line is found to need is held against. */
const USUAL_TICKS = 4;

const HELP = `npm run bench:feel -- [TICKS]

Four players in memory, on a virtual clock, all behind the same network, ${SEEDS.length} matches of a minute each. Every network
twice: with TICKS of input delay (${USUAL_TICKS}), and with what the line is found to need. Pixels of the field drawn 1 : 1.
`;

const NETWORKS: readonly (readonly [string, Network])[] = [
  ...PRESETS,
  ["delay=80,loss=2%", bothWays({ delayMs: 80, lossRate: 0.02 })],
  ["delay=150", bothWays({ delayMs: 150 })],
];

const COLUMNS = [
  "game, network",
  "input delay, ticks",
  "key to picture, ms",
  "p95",
  "late inputs",
  "rollbacks/s",
  "depth",
  "p95",
  "others put right, px/s",
  "p95, px",
  "own, px/s",
];

function quantile(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
}

function cells(outcomes: readonly Outcome[]): string[] {
  const felt = outcomes.flatMap((outcome) => outcome.felt);
  const total = (key: "seconds" | "late" | "inputs"): number => sum(outcomes.map((outcome) => outcome[key]));
  const all = (key: keyof (typeof felt)[number]): number[] => felt.flatMap((each) => each[key]);
  const [delays, presses, depths, others] = [all("delays"), all("presses"), all("depths"), all("others")];
  return [
    (sum(delays) / delays.length).toFixed(1),
    quantile(presses, 0.5),
    quantile(presses, 0.95),
    `${((100 * total("late")) / total("inputs")).toFixed(1)} %`,
    (depths.length / total("seconds")).toFixed(1),
    (sum(depths) / Math.max(1, depths.length)).toFixed(1),
    quantile(depths, 0.95),
    (sum(others) / total("seconds") / OTHERS).toFixed(0),
    quantile(others, 0.95),
    (sum(all("own")) / total("seconds")).toFixed(1),
  ];
}

function run(ticks: number): void {
  const { node, commit, command } = describeMachine();
  process.stdout.write(`Phalanx feel  commit ${commit ?? "unknown"}  Node ${node}\n$ ${command}\n\n`);
  process.stdout.write(`| ${COLUMNS.join(" | ")} |\n|${COLUMNS.map(() => "---|").join("")}\n`);
  for (const game of games)
    for (const [name, network] of NETWORKS)
      for (const inputDelay of [ticks, undefined]) {
        const outcomes = SEEDS.map((seed) => play({ game, network, seed, inputDelay }));
        process.stdout.write(`| ${[`${game.name}, ${name}`, ...cells(outcomes)].join(" | ")} |\n`);
      }
}

const [asked = String(USUAL_TICKS)] = process.argv.slice(2);
const ticks = Number(asked);
if (asked === "--help" || asked === "-h") process.stdout.write(HELP);
else if (Number.isInteger(ticks) && ticks >= 0 && ticks <= 10) run(ticks);
else {
  process.stderr.write(`TICKS must be a whole number from 0 to 10, not ${JSON.stringify(asked)}; see --help.\n`);
  process.exitCode = 2;
}
