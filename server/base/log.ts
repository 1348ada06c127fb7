/** Structured logs of the process: one JSON line an event, on standard output. */
import { pino } from "pino";
import { output } from "./log-output.ts";
import { workerId } from "./worker-id.ts";

/** `LOG_LEVEL` is one of pino's: trace, debug, info (default), warn, error, fatal, silent. */
const asked = process.env.LOG_LEVEL ?? "";
// A wrong one is refused with the other settings, by name.
const level = asked === "silent" || asked in pino.levels.values ? asked : "info";
// Where several processes write one log, each line says whose it is.
export const log = pino({ level, base: workerId === undefined ? null : { worker: workerId } }, output);
