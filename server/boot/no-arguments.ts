/** Arguments of the server's commands: there are none but `--help`, and what was meant as a setting is not passed over. */

const HELP: readonly string[] = ["--help", "-h"];
const MISUSE = 2;

/** Ends the process with a sentence when there is any other. */
export function refuseArguments(args: readonly string[] = process.argv.slice(2)): void {
  const other = args.find((argument) => !HELP.includes(argument));
  if (other === undefined) return;
  process.stderr.write(
    `There is no argument ${other}: settings come from the environment, as in PORT=8080 npm start; --help lists them.\n`,
  );
  process.exit(MISUSE);
}
