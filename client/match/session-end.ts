/** The end of a session, and whose fault it is where `advance` threw. */
import { RulesError } from "../../shared/engine/game/rules-error.ts";
import { SampleError } from "../../shared/engine/lockstep/sample-error.ts";

/** Why it ended: a close code, and words for the player. */
export interface SessionEnd {
  readonly code: number;
  readonly reason: string;
  /** What was thrown in this client, for the developer; undefined when the server ended it. */
  readonly cause?: unknown;
}

/** The code of an end that no server sent: the game's rules threw in this client. */
export const RULES_FAILED = 0;
/** The code of another: whatever says here what the player wants threw, or gave no input of the game. */
export const SAMPLE_FAILED = -1;
/** The code of a third: this client itself threw, which is a fault of ours. */
export const CLIENT_FAILED = -2;

/** What ends a session in which `advance` threw at a confirmed tick: only a `RulesError` is the rules' fault. */
export function endOfFault(error: unknown, game: string, tick: number): SessionEnd {
  const message = messageOf(error);
  if (error instanceof SampleError) return { code: SAMPLE_FAILED, reason: message, cause: error };
  if (error instanceof RulesError) {
    const where = error.command === undefined ? "" : ` in the command ${error.command}`;
    const reason = `the rules of ${game} failed here at tick ${tick}${where}: ${messageOf(error.cause)}`;
    return { code: RULES_FAILED, reason, cause: error };
  }
  const reason = `a fault of this client at tick ${tick}, which is no fault of the game's rules: ${message}`;
  return { code: CLIENT_FAILED, reason, cause: error };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
