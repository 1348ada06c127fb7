/** `npm run desync -- <report.phx>`: runs a desync report again and prints what it comes to. */
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { rerun } from "../../shared/recording/rerun.ts";
import { hex } from "../../shared/referee/desync/desync-report.ts";
import { gameOf, open, Unusable } from "./replay-file.ts";
import { differenceLine } from "./replay-words.ts";

const USAGE = `Usage: npm run desync -- reports/<game>-<room>-<tick>-<n>.phx
  Runs a desync report again on this machine and prints what differed, where, and the frames before it.
  It is a recording up to that tick: npm run replay, and the page with ?replay, show it, too.
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

/** The code that the process ends with. @throws Unusable when there is nothing to run. */
function explain(file: string, games: readonly AnyGame[]): number {
  const recording = open(file);
  const again = rerun(gameOf(file, recording, games), recording);
  if (typeof again === "string") throw new Unusable(`${file}: ${again}`);
  const { game, hashes, engines, tick, culprit, verdict } = again.report;
  const here = hex(again.hash);
  say(`${game}: the step that made tick ${tick}, culprit: ${culprit}`);
  say(verdict);
  say();
  say(`hash then, on the server   ${hashes.server}   (${engines.server})`);
  say(`hash now, on this machine  ${here}   ${here === hashes.server ? "the same" : "ANOTHER ONE"}`);
  say(`hash of the client         ${hashes.client}   (${engines.client})`);
  say();
  say("where they differ (this machine | client):");
  for (const difference of again.differences) say(`  ${differenceLine(difference)}`);
  say();
  say("the last frames before it:");
  for (const frame of again.frames) say(`  ${JSON.stringify(frame)}`);
  return here === hashes.server ? EXIT_REPRODUCED : EXIT_DIFFERS;
}

if (process.argv.includes("--help") || process.argv.includes("-h")) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const file = process.argv[2];
if (file === undefined) fail(`Name a report.\n${USAGE}`);
// Not before: Colyseus's configuration reads the settings of a server when it is loaded, and takes --help as a request for them.
const { games } = await import("../../colyseus.config.ts");
try {
  process.exit(explain(file, games as readonly AnyGame[]));
} catch (error) {
  if (!(error instanceof Unusable)) throw error;
  fail(error.message);
}
