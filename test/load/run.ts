/** `npm run bots`: bot players against a server, and figures that can be trusted. */
import { games } from "../../shared/games/index.ts";
import type { Terminal } from "./live-view.ts";
import { runLoadTest } from "./load-test.ts";
import { FlagError } from "./options/flag-error.ts";
import { HELP } from "./options/flags.ts";
import { type Options, parseOptions, STDOUT } from "./options/options.ts";
import { CannotRun } from "./server/cannot-run.ts";
import { INTERRUPT_CODES, INTERRUPTS } from "./verdict/outcome.ts";

const WRONG_FLAGS = 2;
const COULD_NOT_RUN = 1;

/** A reader that is gone (`| head`) is no reason to lose a run: its reports and its exit code still count. */
const outputs = [process.stdout, process.stderr];
const open = new Set<NodeJS.WriteStream>(outputs);
for (const stream of outputs) stream.on("error", () => void open.delete(stream));

const writerTo = (stream: NodeJS.WriteStream) => (text: string) => {
  if (open.has(stream)) stream.write(text);
};
const print = writerTo(process.stdout);
const complain = (sentence: string): void => writerTo(process.stderr)(`${sentence}\n`);

function interruption(): AbortSignal {
  const interrupt = new AbortController();
  for (const signal of Object.keys(INTERRUPTS) as (keyof typeof INTERRUPTS)[])
    process.on(signal, () => {
      // Who asks twice does not want to wait for the report.
      if (interrupt.signal.aborted) process.exit(INTERRUPT_CODES[INTERRUPTS[signal]]);
      interrupt.abort(INTERRUPTS[signal]);
    });
  return interrupt.signal;
}

async function run(options: Options, args: readonly string[]): Promise<number> {
  // A report on standard output has it for itself.
  const stream = Object.values(options.files).includes(STDOUT) ? process.stderr : process.stdout;
  const terminal: Terminal = { isTTY: stream.isTTY === true, write: writerTo(stream) };
  const hasColor = terminal.isTTY && (process.env.NO_COLOR ?? "") === "";
  try {
    const interrupt = interruption();
    return await runLoadTest({ options, args, terminal, stdout: print, complain, hasColor, interrupt });
  } catch (error) {
    if (!(error instanceof CannotRun || error instanceof FlagError)) throw error;
    complain(error.message);
    return error instanceof FlagError ? WRONG_FLAGS : COULD_NOT_RUN;
  }
}

const args = process.argv.slice(2);
const parsed = parseOptions(args, games, process.env);
if (parsed.kind === "help") print(HELP);
else if (parsed.kind === "run") process.exitCode = await run(parsed, args);
else {
  complain(parsed.sentence);
  process.exitCode = WRONG_FLAGS;
}
