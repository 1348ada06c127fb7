/** How a session ends for good. */

/** Why it ended: a close code, and words for the player. */
export interface SessionEnd {
  readonly code: number;
  readonly reason: string;
}

/** The code of an end that no server sent: the game's rules threw in this client. */
export const RULES_FAILED = 0;
