/**
 * The console, redirected: what libraries write to it becomes lines of the log. To be imported before them: some keep
 * the console they found.
 */
import { format, stripVTControlCharacters } from "node:util";
import { log } from "../base/log.ts";

const LEVELS = { log: "info", info: "info", debug: "debug", trace: "debug", warn: "warn", error: "error" } as const;

const lines = log.child({ from: "console" });
for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, (typeof LEVELS)[keyof typeof LEVELS]][])
  console[method] = (...said: unknown[]): void => lines[level](stripVTControlCharacters(format(...said)));
