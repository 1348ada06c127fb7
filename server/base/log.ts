/** Structured logs of the process: one JSON line an event, on standard output. */
import { pino } from "pino";
import { output } from "./log-output.ts";

/** `LOG_LEVEL` is one of pino's: trace, debug, info (default), warn, error, fatal, silent. */
const asked = process.env.LOG_LEVEL ?? "";
// A wrong one is refused with the other settings, by name.
const level = asked === "silent" || asked in pino.levels.values ? asked : "info";
export const log = pino({ level, base: null }, output);
