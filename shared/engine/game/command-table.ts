/** The table of a game's commands, in the order of their declaration: a command's kind is its place in it. */
import { type CommandCodec, commandCodecOf } from "../codec/command-codec.ts";
import type { AnyGame, CommandRules } from "./game.ts";

/** A kind is one byte on the wire. */
export const MOST_COMMANDS = 256;

export interface CommandKind {
  readonly name: string;
  readonly codec: CommandCodec<unknown>;
  readonly rules: CommandRules<unknown, unknown>;
}

/** What there is instead of a name that is none. */
export const commandNames = (table: readonly CommandKind[]): string =>
  table.length === 0 ? "the game has no commands" : `the game has ${table.map(({ name }) => name).join(", ")}`;

const tables = new WeakMap<object, readonly CommandKind[]>();

/** @throws LayoutError when the fields of one cannot be commands'. */
export function commandsOf({ name: game, commands = {} }: Pick<AnyGame, "name" | "commands">): readonly CommandKind[] {
  let table = tables.get(commands);
  if (table === undefined) {
    table = Object.entries(commands).map(([name, rules]) => ({
      name,
      rules,
      codec: commandCodecOf(rules.fields, `${game}.commands.${name}`),
    }));
    tables.set(commands, table);
  }
  return table;
}
