/** The error of a command line, in one sentence that says what to do. */
export class FlagError extends Error {}
