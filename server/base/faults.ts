/**
 * The containment of our own faults: one that would end the process is logged with its cause, and counted in
 * `/healthz`. A throw in a room's rules ends that room long before it gets here, one in a message or a line of the chat
 * costs just that, one in a request or handshake that connection; what is left is a bug of the server, and ending every
 * match for it would be worse for everybody than going on. It must be seen, not felt.
 */
import { log } from "./log.ts";
import type { Readiness } from "./readiness.ts";

/** A client that finds a message we fail on may send it often: the log has one fault of each cost in this time, all are counted. */
const TELL_INTERVAL_MS = 1000;

/** Installs the policy for the whole process. */
export function containFaults(readiness: Readiness): void {
  const contain = (kind: string) => (cause: unknown) => {
    readiness.faults++;
    log.error({ err: asError(cause), kind, faults: readiness.faults }, "a bug that would have ended the process");
  };
  process.on("uncaughtException", contain("exception"));
  process.on("unhandledRejection", contain("rejection"));
}

/** Where rooms count and tell the faults of ours that they contain. */
export class Faults {
  readonly #readiness: Readiness;
  /** By cost. */
  readonly #toldAt = new Map<string, number>();

  constructor(readiness: Readiness) {
    this.#readiness = readiness;
  }

  /** @param cost one of few sentences: what has come of it. @param fields the room and client it happened to. */
  contain(cause: unknown, cost: string, fields: Readonly<Record<string, unknown>>): void {
    const now = performance.now();
    this.#readiness.faults++;
    if (now < (this.#toldAt.get(cost) ?? Number.NEGATIVE_INFINITY) + TELL_INTERVAL_MS) return;
    this.#toldAt.set(cost, now);
    this.#tell(cause, cost, fields);
  }

  /** One that ends something for good: it is always told. */
  end(cause: unknown, cost: string, fields: Readonly<Record<string, unknown>>): void {
    this.#readiness.faults++;
    this.#tell(cause, cost, fields);
  }

  #tell(cause: unknown, cost: string, fields: Readonly<Record<string, unknown>>): void {
    const err = asError(cause);
    log.error(
      { ...fields, module: moduleOf(err), faults: this.#readiness.faults, err },
      `a fault of the server: ${cost}`,
    );
  }
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(`thrown: ${String(cause)}`));

/** The innermost of our own files in a stack, as `server/rooms/tick-work.ts:40`; undefined where there is none. */
export function moduleOf({ stack = "" }: Error): string | undefined {
  const own = stack.split("\n").find((line) => line.includes(ROOT) && !line.includes("/node_modules/"));
  return own === undefined ? undefined : /^[^:)]+(?::\d+)?/.exec(own.slice(own.indexOf(ROOT) + ROOT.length))?.[0];
}

/** The project's folder, as stacks name it. */
const ROOT = decodeURI(new URL("../../", import.meta.url).pathname);
