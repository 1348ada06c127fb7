/** The settings of this process, read once: `--help` prints them all, and a wrong one ends the start by name. */
import { readSettings, SettingError } from "./settings.ts";
import { helpText } from "./settings-help.ts";

/** Makes something of the settings, or ends the process with the sentence that says which one is wrong. */
export function orExit<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    return endWith(error);
  }
}

/** Ends the process with the sentence that says which setting is wrong. @throws any other error. */
export function endWith(error: unknown): never {
  if (!(error instanceof SettingError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

if (process.argv.includes("--help")) {
  process.stdout.write(`${helpText()}\n`);
  process.exit(0);
}

export const settings = orExit(() => readSettings(process.env));
