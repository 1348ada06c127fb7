/**
 * What would end the process does not: it is logged with its cause, and counted in `/healthz`. A throw in a room's rules
 * ends that room long before it gets here, a throw in a request or handshake that one connection; what is left is a bug
 * of the server, and ending every match for it would be worse for everybody than going on. It must be seen, not felt.
 */
import { log } from "./log.ts";
import type { Readiness } from "./readiness.ts";

/** Installs the policy for the whole process. */
export function containFaults(readiness: Readiness): void {
  const contain = (kind: string) => (cause: unknown) => {
    readiness.faults++;
    const err = cause instanceof Error ? cause : new Error(`thrown: ${String(cause)}`);
    log.error({ err, kind, faults: readiness.faults }, "a bug that would have ended the process");
  };
  process.on("uncaughtException", contain("exception"));
  process.on("unhandledRejection", contain("rejection"));
}
