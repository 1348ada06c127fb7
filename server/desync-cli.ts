/** `npm run desync -- <report.json>`: runs a desync report again and prints what it comes to. */
import { readFileSync } from "node:fs";
import { games } from "../colyseus.config.ts";
import { type DesyncReport, hex } from "./match/desync-report.ts";
import { rerun } from "./match/rerun.ts";

const EXIT_REPRODUCED = 0;
const EXIT_DIFFERS = 1;
const EXIT_UNUSABLE = 2;

function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(EXIT_UNUSABLE);
}

function read(path: string | undefined): DesyncReport {
  if (path === undefined) fail("Name a report: npm run desync -- reports/<game>-<room>-<tick>-<n>.json");
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    fail(`${path} cannot be read as a desync report: ${(error as Error).message}`);
  }
}

const report = read(process.argv[2]);
const game = games.find(({ name }) => name === report.game);
if (game === undefined) fail(`This shelf has no game called "${report.game}".`);
const again = rerun(game, report);
if (typeof again === "string") fail(again);

const { hashes, engines, tick } = report;
const here = hex(again.hash);
say(`${report.game}: the step that made tick ${tick}, culprit: ${report.culprit}`);
say(report.verdict);
say();
say(`hash then, on the server   ${hashes.server}   (${engines.server})`);
say(`hash now, on this machine  ${here}   ${here === hashes.server ? "the same" : "ANOTHER ONE"}`);
say(`hash of the client         ${hashes.client}   (${engines.client})`);
say();
say("where they differ (this machine | client):");
for (const { path, a, b } of again.differences) say(`  ${path}: ${String(a)} | ${String(b)}`);
say();
say("the last frames before it:");
for (const frame of report.frames) say(`  ${JSON.stringify(frame)}`);
process.exit(here === hashes.server ? EXIT_REPRODUCED : EXIT_DIFFERS);
