/** The culprit when two worlds differ: decided by stepping the same tick once more, on both sides (R7). */

/**
 * "memory": the client's rules give the referee's world, its memory did not keep it. "rules": its rules give another
 * world again and again. "unsteady": they give yet another one each time. "server": the referee's own step gives another
 * world now than it did then. "unknown": the client could not say.
 */
export type Culprit = "memory" | "rules" | "unsteady" | "server" | "unknown";

/** State hashes at the first tick that differs: as they were, and when the step to it is made once more. */
export interface Hashes {
  readonly server: number;
  readonly serverAgain: number;
  readonly client: number;
  /** Undefined when the client had nothing left to step again. */
  readonly clientAgain: number | undefined;
}

export interface Engines {
  readonly server: string;
  readonly client: string;
}

export interface LogicHashes {
  readonly server: string | undefined;
  readonly client: string | undefined;
}

export function culpritOf({ server, serverAgain, client, clientAgain }: Hashes): Culprit {
  if (server !== serverAgain) return "server";
  if (clientAgain === undefined) return "unknown";
  if (clientAgain === server) return "memory";
  return clientAgain === client ? "rules" : "unsteady";
}

/** The same in words, with what to look at. */
export function verdictOf(culprit: Culprit, engines: Engines, logic: LogicHashes): string {
  switch (culprit) {
    case "memory":
      return "The client's rules are right, its world was changed between two steps: bad memory, or code that writes to the state outside the rules.";
    case "rules":
      return `The client's rules give another result every time: ${causeOf(engines, logic)}.`;
    case "unsteady":
      return "The client's rules give a different result each time: they read something that is not in the world, such as a clock, Math.random, or a variable outside the state.";
    case "server":
      return "The server's own rules give a different result now than they did then: they read something that is not in the world.";
    case "unknown":
      return "The client had nothing left to step again, so the cause is not known.";
  }
}

function causeOf({ server, client }: Engines, logic: LogicHashes): string {
  const isSameLogic = logic.server !== undefined && logic.server === logic.client;
  const isSameEngine = server === client;
  if (isSameLogic && isSameEngine)
    return "it says it has the same build and engine, so its code was changed after it was loaded";
  const engine = `its engine (${client}) calculates differently from the server's (${server})`;
  if (isSameLogic) return engine;
  return isSameEngine ? "it runs another build of the game" : `it runs another build of the game, or ${engine}`;
}
