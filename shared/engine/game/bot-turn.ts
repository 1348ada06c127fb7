/** A bot's turn: what `bot` may know in one tick, and the commands that it gives in it. */
import { clonePlain } from "../codec/clone-plain.ts";
import { ValueError } from "../codec/value-error.ts";
import { commandNames, commandsOf } from "./command-table.ts";
import type { AnyGame, BotContext } from "./game.ts";
import type { Random } from "./random.ts";

/** A command as its giver gives it: its place in the game's table, and its fields. */
export interface GivenCommand {
  readonly kind: number;
  readonly fields: unknown;
}

/** What the bot of a game without an input wants. */
const NO_INPUT = {};

export class BotTurn implements BotContext<Record<string, unknown>> {
  tick = 0;
  random: Random;
  /** What was given since `begin`, in order. */
  readonly given: GivenCommand[] = [];
  readonly give: (name: string, fields?: unknown) => void;
  readonly #hasInput: boolean;

  /** @param random numbers that are not the world's. */
  constructor(game: Pick<AnyGame, "name" | "input" | "commands">, random: Random) {
    this.random = random;
    this.#hasInput = game.input !== undefined;
    const table = commandsOf(game);
    this.give = (name, fields = {}) => {
      const kind = table.findIndex((command) => command.name === name);
      if (kind < 0)
        throw new ValueError(`${game.name}.commands`, `there is no ${JSON.stringify(name)}; ${commandNames(table)}`);
      const copy = clonePlain(fields);
      table[kind]!.codec.settle(copy);
      this.given.push({ kind, fields: copy });
    };
  }

  /** Begins the turn of a tick: nothing is given in it yet. */
  begin(tick: number): this {
    this.tick = tick;
    this.given.length = 0;
    return this;
  }

  /** What the bot returned, as an input: it may return nothing only where there is no input. */
  inputOf<I>(returned: I): I {
    return returned === undefined && !this.#hasInput ? (NO_INPUT as I) : returned;
  }
}
