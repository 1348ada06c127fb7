/** What libraries write to the console comes as lines of the log. To be loaded before them: some keep what they found. */
import { format, stripVTControlCharacters } from "node:util";
import { log } from "../base/log.ts";

const LEVELS = { log: "info", info: "info", debug: "debug", trace: "debug", warn: "warn", error: "error" } as const;

const lines = log.child({ from: "console" });
for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, (typeof LEVELS)[keyof typeof LEVELS]][])
  console[method] = (...said: unknown[]): void => lines[level](stripVTControlCharacters(format(...said)));
