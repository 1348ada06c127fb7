/** The definition of a game: checks the literal once and names what is wrong with its path. */
import { codecOf } from "../codec/codec.ts";
import { inputCodecOf } from "../codec/input-codec.ts";
import type { Plain } from "../layout/plain.ts";
import { commandsOf, MOST_COMMANDS } from "./command-table.ts";
import type { AnyGame, CommandRules, Game } from "./game.ts";
import { WorldRandom } from "./random.ts";

/** Seats are six bits on the wire (PROTOCOL.md, frame). */
export const MOST_SEATS = 64;
const MOST_TICKS_PER_SECOND = 120;
const MOST_INPUT_DELAY_SECONDS = 0.5;
const NAME = /^[a-z][a-z0-9-]{0,31}$/;
const COMMAND_NAME = /^[a-zA-Z][a-zA-Z0-9]{0,30}$/;
/** Messages of a stock client that mean something else. */
const TAKEN: readonly string[] = ["input", "pause", "chat", "error"];

const FUNCTIONS = { setup: true, step: true, join: false, leave: false, bot: false, accepts: false } as const;
const DATA = ["name", "tickRate", "seats", "input", "commands", "state", "lateInputs", "lateCommands", "inputDelay"];
const COMMAND_MEMBERS = ["fields", "accepts", "apply"];
const MEMBERS = [...DATA, ...Object.keys(FUNCTIONS)];

/** The longest input delay that a game or a player may wish for, in ticks: half a second. */
export const mostInputDelay = (tickRate: number): number => Math.ceil(MOST_INPUT_DELAY_SECONDS * tickRate);

/** A mistake in a game literal; the message opens with its path, such as `tag.seats.max`. */
export class GameError extends TypeError {
  override readonly name = "GameError";
}

function demand(claim: boolean, path: string, advice: string): asserts claim {
  if (!claim) throw new GameError(`${path}: ${advice}`);
}

const isWhole = (value: unknown, min: number, max: number): boolean =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

function checkShape(game: AnyGame): void {
  demand(
    typeof game === "object" && game !== null,
    "defineGame",
    "expects one literal: defineGame({ name: ..., ... })",
  );
  demand(
    typeof game.name === "string" && NAME.test(game.name),
    "game.name",
    `${JSON.stringify(game.name)} must be 1 to 32 lower-case letters, digits or dashes, a letter first`,
  );
  const { name } = game;
  for (const member of Object.keys(game))
    demand(MEMBERS.includes(member), `${name}.${member}`, `is not part of a game; a game has ${MEMBERS.join(", ")}`);
  demand(
    isWhole(game.tickRate, 1, MOST_TICKS_PER_SECOND),
    `${name}.tickRate`,
    `${game.tickRate} must be a whole number of steps per second, 1 to ${MOST_TICKS_PER_SECOND}`,
  );
  const { min, max } = game.seats ?? {};
  demand(isWhole(max, 1, MOST_SEATS), `${name}.seats.max`, `${max} must be a whole number from 1 to ${MOST_SEATS}`);
  demand(isWhole(min, 1, max), `${name}.seats.min`, `${min} must be a whole number from 1 to seats.max (${max})`);
  for (const late of ["lateInputs", "lateCommands"] as const)
    demand([undefined, "move", "drop"].includes(game[late]), `${name}.${late}`, `must be "move" (default) or "drop"`);
  const most = mostInputDelay(game.tickRate);
  demand(
    game.inputDelay === undefined || isWhole(game.inputDelay, 0, most),
    `${name}.inputDelay`,
    `${game.inputDelay} must be a whole number of ticks, 0 to ${most} (half a second), or left out`,
  );
  for (const [member, isNeeded] of Object.entries(FUNCTIONS)) {
    const value = (game as unknown as Record<string, unknown>)[member];
    demand(
      typeof value === "function" || (!isNeeded && value === undefined),
      `${name}.${member}`,
      isNeeded ? "is missing; it must be a function" : "must be a function, or left out",
    );
  }
}

function checkCommands({ name, input, commands, accepts, lateInputs, lateCommands }: AnyGame): void {
  demand(
    input !== undefined || commands !== undefined,
    `${name}.input`,
    "is missing; a game has an input, or commands, or both",
  );
  demand(
    input !== undefined || accepts === undefined,
    `${name}.accepts`,
    "is asked about inputs, and the game has none; a command has an accepts of its own, beside its apply",
  );
  demand(
    input !== undefined || lateInputs === undefined,
    `${name}.lateInputs`,
    "is about inputs, and the game has none; leave it out (lateCommands is for its commands)",
  );
  demand(
    commands !== undefined || lateCommands === undefined,
    `${name}.lateCommands`,
    "is about commands, and the game has none; leave it out (lateInputs is for its inputs), or declare commands",
  );
  if (commands === undefined) return;
  demand(
    typeof commands === "object" && commands !== null && !Array.isArray(commands),
    `${name}.commands`,
    "must be an object: { build: { fields: ..., apply(state, seat, command) { ... } } }",
  );
  const names = Object.keys(commands);
  demand(
    names.length >= 1 && names.length <= MOST_COMMANDS,
    `${name}.commands`,
    `has ${names.length} commands; a game has 1 to ${MOST_COMMANDS}, or leaves them out`,
  );
  for (const command of names) checkCommand(commands[command], command, `${name}.commands.${command}`);
  commandsOf({ name, commands });
}

function checkCommand(rules: Partial<CommandRules<unknown, unknown>> | undefined, name: string, path: string): void {
  demand(COMMAND_NAME.test(name), path, "must be 1 to 31 letters or digits, a letter first");
  demand(!TAKEN.includes(name), path, `this name is taken by the room; choose another one than ${TAKEN.join(", ")}`);
  demand(typeof rules === "object" && rules !== null, path, "must be { fields, accepts, apply }");
  for (const member of Object.keys(rules))
    demand(
      COMMAND_MEMBERS.includes(member),
      `${path}.${member}`,
      `is not part of a command; a command has ${COMMAND_MEMBERS.join(", ")}`,
    );
  demand(typeof rules.apply === "function", `${path}.apply`, "is missing; it must be a function");
  demand(
    rules.accepts === undefined || typeof rules.accepts === "function",
    `${path}.accepts`,
    "must be a function, or left out",
  );
}

/**
 * Defines a game. Write no type parameters: input and state are inferred from their schemas.
 *
 * @throws GameError, or a `LayoutError` of the codec, when the literal cannot work; the message names the path
 *   (`tag.x: t.number() is lossy on the wire ...`). `setup` is run once here, so that a world that does not fit its
 *   declaration is refused before anybody joins.
 */
export function defineGame<I, S, C, const B extends Plain<NoInfer<I>>>(game: Game<I, S, C, B>): Game<I, S, C> {
  checkShape(game);
  checkCommands(game);
  inputCodecOf(game.input, `${game.name}.input`);
  const codec = codecOf(game.state, game.name);
  codec.settleStrict(game.setup({ tick: 0, random: new WorldRandom(0) }));
  return Object.freeze(game);
}
