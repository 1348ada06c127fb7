/** `npm run desync -- <report.json>`: runs a desync report again and prints what it comes to. */
import { readFileSync } from "node:fs";
import { type DesyncReport, hex } from "../../shared/referee/desync/desync-report.ts";
import { rerun } from "../../shared/referee/desync/rerun.ts";

const USAGE = `Usage: npm run desync -- reports/<game>-<room>-<tick>-<n>.json
  Runs a desync report again on this machine and prints what differed, where, and the frames before it.
  Ends with 0 when the server's hash came out again, 1 when another one did, 2 when there is nothing to run.
`;

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
  if (path === undefined) fail(`Name a report.\n${USAGE}`);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    fail(`${path} cannot be read as a desync report: ${(error as Error).message}`);
  }
}

if (process.argv.includes("--help") || process.argv.includes("-h")) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const report = read(process.argv[2]);
// Not before: Colyseus's configuration reads the settings of a server when it is loaded, and takes --help as a request for them.
const { games } = await import("../../colyseus.config.ts");
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
