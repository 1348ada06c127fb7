/** The reason why a run cannot be made as things are, in one sentence that says what to do. */
export class CannotRun extends Error {}
