/** How a session ends for good. */
import { SampleError } from "../../shared/engine/lockstep/sample-error.ts";

/** Why it ended: a close code, and words for the player. */
export interface SessionEnd {
  readonly code: number;
  readonly reason: string;
}

/** The code of an end that no server sent: the game's rules threw in this client. */
export const RULES_FAILED = 0;
/** The code of another: whatever says here what the player wants threw, or gave no input of the game. */
export const SAMPLE_FAILED = -1;

/** What ends a session in which `advance` threw at a confirmed tick: a wrong sample is not the rules' fault. */
export function endOfFault(error: unknown, game: string, tick: number): SessionEnd {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SampleError) return { code: SAMPLE_FAILED, reason: message };
  return { code: RULES_FAILED, reason: `the rules of ${game} failed here at tick ${tick}: ${message}` };
}
