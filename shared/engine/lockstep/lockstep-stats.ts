/** The statistics of one lockstep client, for the HUD, the load bots and the tests. Counts are since its creation. */
export interface LockstepStats {
  /** Frames stepped as confirmed. */
  confirmedFrames: number;
  /** Confirmed frames that differed from the guess. */
  mispredictions: number;
  /** Confirmed frames without what was wanted for them here: it came to the server too late (R9). */
  lateInputs: number;
  /** Rollbacks made (several mispredicted frames received together are one). */
  rollbacks: number;
  /** Ticks stepped again in the last rollback. */
  rollbackDepth: number;
  /** Ticks stepped again in the deepest of all. */
  deepestRollback: number;
  /** Ticks stepped again in all rollbacks. */
  resimulatedTicks: number;
  /** The most ticks that are predicted (R8), and whether a second's are too many: steps cost too much here to be made again in a draw. */
  predictionWindow: number;
  isHeavy: boolean;
  /** Milliseconds of a predicted step, by the clock of this device; 0 before that is known, and where there is no clock. */
  stepMs: number;
  /** Digests of the server compared with that of the local confirmed worlds: each stands for a quarter of a second. */
  hashChecks: number;
  /** Of these, how many differed (R7). */
  hashMismatches: number;
  /** Whether the last digest differed: the world is wrong until it is healed. */
  isDiverged: boolean;
  /** Worlds healed by what differed. */
  heals: number;
  /** Milliseconds in which the prediction window was used up (R8), and the longest run of them. */
  stalledMs: number;
  longestStallMs: number;
  /** Snapshots taken over, the first one included. */
  snapshots: number;
  /** Snapshots that could not be read: the server's game is declared in another way than this client's. */
  unreadableSnapshots: number;
  /** Messages of the server that could not be read. */
  malformed: number;
}

export const createStats = (): LockstepStats => ({
  confirmedFrames: 0,
  mispredictions: 0,
  lateInputs: 0,
  rollbacks: 0,
  rollbackDepth: 0,
  deepestRollback: 0,
  resimulatedTicks: 0,
  predictionWindow: 0,
  isHeavy: false,
  stepMs: 0,
  hashChecks: 0,
  hashMismatches: 0,
  isDiverged: false,
  heals: 0,
  stalledMs: 0,
  longestStallMs: 0,
  snapshots: 0,
  unreadableSnapshots: 0,
  malformed: 0,
});
