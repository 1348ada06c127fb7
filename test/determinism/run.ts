/** `npm run determinism [game]`: one world on every engine, tick by tick. Exit code 1 for a difference, 2 for misuse. */
import { availableParallelism } from "node:os";
import { SHELF } from "./bundle.ts";
import { runDeterminism } from "./determinism.ts";
import { ENGINES } from "./engines.ts";
import { INPUTS_PER_BLOCK } from "./inside/jobs.ts";
import { HELP, type Options, parseOptions } from "./options.ts";
import { isFailure, printDone, printOutcome } from "./print.ts";

/** Not of the repository: what is found is for whoever runs this. */
const FOLDER = "artifacts";

async function run({ game, ticks, inputs, engines, seconds }: Options): Promise<void> {
  const began = performance.now();
  const outcome = await runDeterminism(
    {
      sources: SHELF,
      ...(game === undefined ? {} : { game }),
      ticks,
      blocks: Math.ceil(inputs / INPUTS_PER_BLOCK),
      engines: ENGINES.filter(({ name }) => engines.includes(name)),
      atOnce: Math.min(2, availableParallelism()),
      limitMs: seconds * 1000,
      folder: FOLDER,
    },
    (done) => process.stderr.write(printDone(done)),
  );
  process.stdout.write(printOutcome(outcome));
  process.stdout.write(`\n${((performance.now() - began) / 1000).toFixed(0)} s in all.\n`);
  if (isFailure(outcome, Boolean(process.env.CI))) process.exitCode = 1;
}

const options = parseOptions(process.argv.slice(2));
if (options.kind === "help") process.stdout.write(HELP);
else if (options.kind === "wrong") {
  process.stderr.write(`${options.sentence}\n`);
  process.exitCode = 2;
} else {
  try {
    await run(options);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
