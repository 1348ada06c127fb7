/** The notes that two threads share about the rule that runs: whole numbers in memory that both see. */

/** Where each stands. */
export const Noted = {
  /** Counts begins and ends: odd while a rule runs. */
  turn: 0,
  /** The rule's number, in the order in which rules were told. */
  rule: 1,
  /** Its tick; -1 for a rule that is told none. */
  tick: 2,
  count: 3,
} as const;

/** What the thread beside is given. */
export interface LoopWorkerData {
  readonly shared: SharedArrayBuffer;
  /** Milliseconds after which a rule is told. */
  readonly mostMs: number;
}
