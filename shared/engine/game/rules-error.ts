/** A fault of a game's rules: one of its functions threw, or what it gave or wrote does not fit the game's declaration. */

/** The functions of a game that are called while it is played. */
export type Rule = "setup" | "join" | "leave" | "step" | "bot" | "accepts" | "apply";

/**
 * Made where the function is called, and nowhere else: whatever else is thrown is a fault of ours, and the rules are not
 * blamed for it. A value that does not fit is found after the step, so it counts as the step's even if a join wrote it.
 */
export class RulesError extends Error {
  override readonly name = "RulesError";
  readonly game: string;
  readonly rule: Rule;
  /** Of `apply` and a command's `accepts`: which command, of whom, with what, in words. */
  readonly command: string | undefined;

  /** @param cause what the function threw, or a `ValueError` with the path of the value that does not fit: its words are ours. */
  constructor(game: string, rule: Rule, cause: unknown, command?: string) {
    const message = cause instanceof Error ? cause.message : String(cause);
    super(command === undefined ? message : `${message} (in the command ${command})`, { cause });
    this.game = game;
    this.rule = rule;
    this.command = command;
  }
}
