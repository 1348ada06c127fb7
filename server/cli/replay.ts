/** `npm run replay -- verify | info | play | cut | diff | export-json <file>`: what can be done with recordings of matches. */
import { parseArgs } from "node:util";
import type { AnyGame } from "../../shared/engine/game/game.ts";

const USAGE = `Usage: npm run replay -- verify FILE...               steps every frame again and compares every digest and keyframe
       npm run replay -- info FILE                    what was recorded, who played, and what happened
       npm run replay -- play FILE [--from TICK] [--to TICK] [--every TICKS]
                                                      the world in a line, once a second of the match or every so many ticks
       npm run replay -- cut FILE --from TICK --to TICK --out FILE
                                                      a part of it as a recording of its own
       npm run replay -- diff FILE FILE               the first tick at which two recordings differ, and in what
       npm run replay -- export-json FILE [--from TICK] [--to TICK] [--worlds]
                                                      frames, seats and marks as JSON, with the world at every tick if asked for
  Recordings are in the folder of the server's setting REPLAYS; one that is being written (.part) can be read, too,
  and a desync report is one (reports/*.phx): the frames of the server up to the tick that differed.
  Ends with 0 when all is the same, 1 when something differs, 2 when a file cannot be read, or not to its end.
`;

const OPTIONS = {
  from: { type: "string" },
  to: { type: "string" },
  every: { type: "string" },
  out: { type: "string" },
  worlds: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

const EXIT_UNREADABLE = 2;

function read() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return (error as Error).message;
  }
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(EXIT_UNREADABLE);
}

const given = read();
if (typeof given === "string") fail(`${given}\n${USAGE}`);
if (given.values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const { COMMANDS } = await import("./replay-commands.ts");
const { Unusable } = await import("./replay-file.ts");
const [word = "", ...files] = given.positionals;
const command = COMMANDS[word];
if (command === undefined) fail(`${word === "" ? "Say what to do" : `There is no command ${word}`}.\n${USAGE}`);
if (files.length === 0) fail(`Name a recording.\n${USAGE}`);
// Not before: Colyseus's configuration reads the settings of a server when it is loaded, and takes --help as a request for them.
const { games } = await import("../../colyseus.config.ts");
try {
  process.exitCode = command({ games: games as readonly AnyGame[], files, ...given.values });
} catch (error) {
  if (!(error instanceof Unusable)) throw error;
  fail(error.message);
}
