/** The play of bots: the game's own bot, nothing, anything, or what a file of the user's says. */
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inputCodecOf } from "../../shared/engine/codec/input-codec.ts";
import { commandsOf } from "../../shared/engine/game/command-table.ts";
import type { AnyGame, Seat, TickContext } from "../../shared/engine/game/game.ts";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { randomCommand } from "../kit/random-command.ts";
import { randomInput } from "../kit/scripts.ts";
import type { PlayName } from "./bots/messages.ts";
import { FlagError } from "./options/flag-error.ts";

/** How often `--play random` gives a command, of the draws in which it is asked: once a second where there are 20. */
const RANDOM_COMMANDS = 0.05;

/** What a bot of any game may know, and how it gives commands: of which names and with what, the game says when it is given. */
export interface PlayContext extends TickContext {
  readonly give: (name: string, fields?: unknown) => void;
}

/** The shape of a game's own `bot`, and of the default export of a `--script` file. */
export type Play = (state: unknown, seat: Seat, context: PlayContext) => unknown;

/** @throws FlagError when the file is missing or exports no function. */
async function loadScript(file: string): Promise<Play> {
  const path = resolve(file);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) throw new FlagError(`--script: there is no file ${file}; give the path of a bot, such as ./my-bot.ts.`);
  const module = (await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw new FlagError(`--script: ${file} cannot be loaded: ${error instanceof Error ? error.message : error}`);
  })) as { readonly default?: unknown };
  if (typeof module.default !== "function")
    throw new FlagError(
      `--script: ${file} must export a function: export default (state, seat, { tick, random }) => input.`,
    );
  return module.default as Play;
}

/** @throws FlagError when nothing can be played so. */
export async function loadPlay(game: AnyGame, play: PlayName, script: string | undefined): Promise<Play> {
  if (script !== undefined) return loadScript(script);
  const codec = inputCodecOf(game.input);
  if (play === "idle") return () => codec.create();
  // `random` of a bot is a WorldRandom; see below.
  if (play === "random")
    return (_state, _seat, { random, give }) => {
      const command = random.chance(RANDOM_COMMANDS) ? randomCommand(game, random as WorldRandom) : undefined;
      if (command !== undefined) give(commandsOf(game)[command.kind]!.name, command.fields);
      return randomInput(game, random as WorldRandom);
    };
  if (game.bot === undefined)
    throw new FlagError(`${game.name} has no bot of its own: give --play idle, --play random or --script FILE.`);
  return game.bot as Play;
}

/** The random numbers of one bot: the same seed and number, the same bot. */
export const randomOf = (seed: number, bot: number): WorldRandom =>
  new WorldRandom((seed ^ Math.imul(bot + 1, 0x9e3779b1)) >>> 0);
