/** `npm run bots`: bot players against a server, and figures that can be trusted. */
import { games } from "../../shared/games/index.ts";
import { CannotRun } from "./cannot-run.ts";
import { FlagError } from "./flag-error.ts";
import { HELP } from "./flags.ts";
import type { Terminal } from "./live-view.ts";
import { runLoadTest } from "./load-test.ts";
import { type Options, parseOptions } from "./options.ts";

const WRONG_FLAGS = 2;
const COULD_NOT_RUN = 1;
const INTERRUPTED = 130;

const terminal: Terminal = {
  isTTY: process.stdout.isTTY === true,
  write: (text) => void process.stdout.write(text),
};

async function run(options: Options, args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  process.on("SIGINT", () => {
    // Who asks twice does not want to wait for the report.
    if (interrupt.signal.aborted) process.exit(INTERRUPTED);
    interrupt.abort();
  });
  const hasColor = terminal.isTTY && (process.env.NO_COLOR ?? "") === "";
  try {
    return await runLoadTest({ options, args, terminal, hasColor, interrupt: interrupt.signal });
  } catch (error) {
    if (!(error instanceof CannotRun || error instanceof FlagError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof FlagError ? WRONG_FLAGS : COULD_NOT_RUN;
  }
}

const args = process.argv.slice(2);
const parsed = parseOptions(args, games);
if (parsed.kind === "help") process.stdout.write(HELP);
else if (parsed.kind === "run") process.exitCode = await run(parsed, args);
else {
  process.stderr.write(`${parsed.sentence}\n`);
  process.exitCode = WRONG_FLAGS;
}
