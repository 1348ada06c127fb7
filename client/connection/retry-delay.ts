/**
 * The delay before the next try to connect: none, then 200 to 600 ms for some seconds, in which a server that is started again is met as
 * soon as it is there, then one second growing to five, so that one that stays away is not hammered.
 */

const LEAST_SOON_MS = 200;
const MOST_SOON_MS = 600;
/** Some three seconds of them. */
const SOON_TRIES = 8;
const FIRST_MS = 1000;
const MOST_MS = 5000;
const GROWTH = 1.5;
/** So that a thousand clients of one server do not come back in the same moment. */
const JITTER = 0.3;

/**
 * @param attempt tries made already; 0 for the first.
 * @param chance 0 .. 1.
 */
export function retryDelayMs(attempt: number, chance: number): number {
  if (attempt === 0) return 0;
  if (attempt <= SOON_TRIES) return LEAST_SOON_MS + chance * (MOST_SOON_MS - LEAST_SOON_MS);
  const base = Math.min(MOST_MS, FIRST_MS * GROWTH ** (attempt - SOON_TRIES - 1));
  return Math.max(FIRST_MS, Math.min(MOST_MS, base * (1 + (2 * chance - 1) * JITTER)));
}
