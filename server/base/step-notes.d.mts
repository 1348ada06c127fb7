/** The types of step-notes.mjs. */
export const TURN: number;
export const TICK: number;
export const LENGTH: number;
export const NUMBERS: number;
export const MOST_BYTES: number;
