/** Our own invariants: crash early with the numbers in the message rather than desync (architecture, errors). */

/** Throws an `Error` with `message` when `claim` is false. The message says what to do next. */
export function assert(claim: boolean, message: string): asserts claim {
  if (!claim) throw new Error(message);
}
