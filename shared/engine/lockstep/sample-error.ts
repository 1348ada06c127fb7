/** A sample that is of no use: the function that says what the local player wants threw, or gave no input of the game. */
import { ValueError } from "../codec/value-error.ts";
import { RulesError } from "../game/rules-error.ts";

/**
 * Makes one of what `sample` threw, unless that is a fault of the rules themselves: a page may let the game's own bot play.
 */
export const sampleFault = (game: string, cause: unknown): Error =>
  cause instanceof RulesError ? cause : new SampleError(game, cause);

/** It is the fault of the author of `sample` (a page, a bot's script): never of the rules. */
export class SampleError extends Error {
  override readonly name = "SampleError";

  constructor(game: string, cause: unknown) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(
      cause instanceof ValueError
        ? `sample() gave what is no input of ${game}: ${message}`
        : `sample() of ${game} threw: ${message}`,
      { cause },
    );
  }
}
