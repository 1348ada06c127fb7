/** `npm run fuzz`: what a peer can send that is almost right, for minutes, while a match in the same process is watched. */
import { isHelp, readOptions, USAGE } from "./options.ts";
import { fuzz } from "./session.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const given = process.argv.slice(2);
if (isHelp(given)) {
  say(USAGE);
  process.exit(0);
}
try {
  const { outcomes } = await fuzz(readOptions(given), say);
  process.exit(outcomes.every(({ findings }) => findings.length === 0) ? 0 : 1);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
  process.exit(1);
}
