/**
 * The delay before the next try: none, then one second, growing to five, each a little different; or as long as the
 * server says.
 */

const FIRST_MS = 1000;
const MOST_MS = 5000;
/** So that a thousand clients of one server do not come back in the same moment. */
const JITTER = 0.3;

/**
 * @param attempt tries made already; 0 for the first.
 * @param chance 0 .. 1.
 */
export function retryDelayMs(attempt: number, chance: number): number {
  if (attempt === 0) return 0;
  const base = Math.min(MOST_MS, FIRST_MS * 1.5 ** (attempt - 1));
  return Math.max(FIRST_MS, Math.min(MOST_MS, base * (1 + (2 * chance - 1) * JITTER)));
}

/** A client that is told to wait tries somewhere in this time: a class that was refused together does not come back together. */
const LEAST_REFUSED_MS = 3000;

/**
 * @param seconds that the server wants.
 * @param chance 0 .. 1.
 */
export const refusedDelayMs = (seconds: number, chance: number): number =>
  LEAST_REFUSED_MS + chance * Math.max(0, seconds * 1000 - LEAST_REFUSED_MS);
