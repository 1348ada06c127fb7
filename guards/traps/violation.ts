/** A violation that the run-time guard reports: which rule did what it must not do, when, and in which line. */

export interface Violation {
  /** `bot of coins, tick 12`. */
  readonly where: string;
  /** `Math.sin is not the same on every machine; import sin from ...`. */
  readonly what: string;
  /** `shared/games/coins.ts:41:20`; undefined when no line of the game is on the stack. */
  readonly place: string | undefined;
}

export const sentenceOf = ({ where, what, place }: Violation): string =>
  `${place === undefined ? "" : `${place}: `}${what} (${where})`;

/** For tests, where a violation ends the run. */
export class ViolationError extends Error {
  override readonly name = "ViolationError";

  constructor(violation: Violation) {
    super(sentenceOf(violation));
  }
}

/** Ends the run. */
export function throwViolation(violation: Violation): never {
  throw new ViolationError(violation);
}
