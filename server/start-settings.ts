/** The settings of this process, read once: `--help` prints them all, and a wrong one ends the start by name. */
import { readSettings, type Settings } from "./settings.ts";
import { helpText } from "./settings-help.ts";

function startSettings(): Settings {
  if (process.argv.includes("--help")) {
    process.stdout.write(`${helpText()}\n`);
    process.exit(0);
  }
  try {
    return readSettings(process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

export const settings = startSettings();
