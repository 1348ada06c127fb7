/**
 * The advice on what a deployment has to mend, in the log: each kind of refusal once per cause, however often it
 * occurs.
 */
import { log } from "./log.ts";

/** A client that sends a new cause with every request gets no more lines than these. */
const MOST_CAUSES = 10;
const LONGEST_CAUSE = 200;

export class Advice {
  readonly #given = new Map<string, Set<string>>();

  /**
   * @param kind what has happened, in words.
   * @param cause what it was about: whose address, which origin.
   * @param fields what of the request stands beside it.
   */
  give(kind: string, cause: string, fields: Readonly<Record<string, unknown>>, mend: string): void {
    const causes = this.#given.get(kind) ?? new Set();
    this.#given.set(kind, causes);
    const short = cause.slice(0, LONGEST_CAUSE);
    if (causes.has(short) || causes.size >= MOST_CAUSES) return;
    causes.add(short);
    const isLast = causes.size === MOST_CAUSES;
    log.warn(fields, `${kind}; ${mend}${isLast ? " (more of this kind are not logged)" : ""}`);
  }
}
