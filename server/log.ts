/** Structured logs of the process: one JSON line an event, on standard output. */
import { pino } from "pino";

/** `LOG_LEVEL` is one of pino's: trace, debug, info (default), warn, error, fatal, silent. */
export const log = pino({ level: process.env.LOG_LEVEL ?? "info", base: null });
