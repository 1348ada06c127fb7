/** The delay before the next try of a page that the server has told to wait. */

/** It tries somewhere between this and what it was told: a class that was refused together does not come back together. */
const LEAST_REFUSED_MS = 3000;

/**
 * @param seconds that the server wants.
 * @param chance 0 .. 1.
 */
export const refusedDelayMs = (seconds: number, chance: number): number =>
  LEAST_REFUSED_MS + chance * Math.max(0, seconds * 1000 - LEAST_REFUSED_MS);
