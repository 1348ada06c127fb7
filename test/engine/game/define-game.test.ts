/** The refusals of `defineGame`, each with the path and what to write instead: a mistake shows before anybody joins. */
import { describe, expect, expectTypeOf, it } from "vitest";
import { GameError, MOST_SEATS } from "../../../shared/engine/game/define-game.ts";
import type { AnyGame } from "../../../shared/engine/game/game.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";

const Input = schema({ dx: t.int8() }, "RefusedInput");
const State = schema({ at: t.map("int32"), ticks: t.uint8() }, "RefusedState");

const good = {
  name: "refused",
  tickRate: 20,
  seats: { min: 1, max: 4 },
  input: Input,
  state: State,
  setup: () => ({ at: new Map<number, number>(), ticks: 0 }),
  step() {},
};
/** Defines the good game with some members replaced, as a designer without an editor might. */
const define = (change: object): AnyGame => defineGame({ ...good, ...change } as never) as AnyGame;
const world = (change: object) => ({ setup: () => ({ at: new Map(), ticks: 0, ...change }) });

const MEMBERS =
  "name, tickRate, seats, input, commands, state, lateInputs, lateCommands, inputDelay, setup, step, join, leave, bot, accepts";

describe("a game literal that cannot work is refused with its path:", () => {
  it.each([
    ["no name", { name: undefined }, "game.name: undefined must be 1 to 32 lower-case letters, digits or dashes"],
    ["an empty name", { name: "" }, 'game.name: "" must be'],
    ["a name with capitals", { name: "Tag" }, 'game.name: "Tag" must be'],
    ["a name that opens with a digit", { name: "2d" }, 'game.name: "2d" must be'],
    ["a name of 33 letters", { name: "a".repeat(33) }, "must be 1 to 32"],
    ["a name that is no text", { name: 7 }, "game.name: 7 must be"],
    ["no tick rate", { tickRate: undefined }, "refused.tickRate: undefined must be a whole number of steps per second"],
    ["a tick rate of 0", { tickRate: 0 }, "refused.tickRate: 0 must be a whole number of steps per second, 1 to 120"],
    ["a tick rate of 121", { tickRate: 121 }, "refused.tickRate: 121 must be"],
    ["half a tick", { tickRate: 20.5 }, "refused.tickRate: 20.5 must be"],
    ["no seats", { seats: undefined }, "refused.seats.max: undefined must be a whole number from 1 to 64"],
    ["a table of nobody", { seats: { min: 0, max: 0 } }, "refused.seats.max: 0 must be"],
    ["65 seats", { seats: { min: 1, max: 65 } }, "refused.seats.max: 65 must be a whole number from 1 to 64"],
    ["half a seat", { seats: { min: 1, max: 1.5 } }, "refused.seats.max: 1.5 must be"],
    ["no least number of seats", { seats: { max: 4 } }, "refused.seats.min: undefined must be"],
    [
      "at least no seat",
      { seats: { min: 0, max: 4 } },
      "refused.seats.min: 0 must be a whole number from 1 to seats.max",
    ],
    [
      "more seats at least than at most",
      { seats: { min: 5, max: 4 } },
      "refused.seats.min: 5 must be a whole number from 1 to seats.max (4)",
    ],
    ["no rules", { step: undefined }, "refused.step: is missing; it must be a function"],
    ["no world", { setup: undefined }, "refused.setup: is missing; it must be a function"],
    ["rules that are no function", { step: "walk" }, "refused.step: is missing; it must be a function"],
    ["a bot that is no function", { bot: { dx: 1 } }, "refused.bot: must be a function, or left out"],
    ["a join that is null", { join: null }, "refused.join: must be a function, or left out"],
    ["a misspelt member", { onJoin() {} }, `refused.onJoin: is not part of a game; a game has ${MEMBERS}`],
    ["a delay that is no number", { inputDelay: "2" }, "refused.inputDelay: 2 must be a whole number of ticks"],
    [
      "half a tick of delay",
      { tickRate: 20, inputDelay: 0.5 },
      "refused.inputDelay: 0.5 must be a whole number of ticks",
    ],
    ["less than no delay", { tickRate: 20, inputDelay: -1 }, "refused.inputDelay: -1 must be a whole number of ticks"],
    [
      "more than half a second of delay",
      { tickRate: 20, inputDelay: 11 },
      "refused.inputDelay: 11 must be a whole number of ticks, 0 to 10 (half a second), or left out",
    ],
    ["a policy that does not exist", { lateInputs: "keep" }, 'refused.lateInputs: must be "move" (default) or "drop"'],
  ])("%s", (_what, change, message) => {
    expect(() => define(change)).toThrow(GameError);
    expect(() => define(change)).toThrow(message);
  });

  it.each([
    [
      "a text in the input",
      { input: schema({ say: t.string() }, "A") },
      /^refused\.input\.say: an input cannot hold text; use t\.uint8\(\)/,
    ],
    ["a list in the input", { input: schema({ to: t.array("int8") }, "B") }, /^refused\.input\.to: an input is flat/],
    [
      "a lossy number in the input",
      { input: schema({ x: t.number() }, "C") },
      /^refused\.input\.x: t\.number\(\) is lossy on the wire/,
    ],
    ["an input that is no schema", { input: class {} }, /^refused\.input: this is not a schema/],
    [
      "a lossy number in the state",
      { state: schema({ x: t.number() }, "D") },
      /^refused\.x: t\.number\(\) is lossy on the wire .*; use t\.int32\(\) or t\.float64\(\)/,
    ],
    [
      "a lossy number in a record of a list",
      { state: schema({ all: t.array(schema({ x: t.float32() }, "E")) }, "F") },
      /^refused\.all\[\]\.x: t\.float32\(\) is lossy/,
    ],
    ["a state that is no schema", { state: { at: 1 } }, /^refused: this is not a schema/],
    ["a world that is too large for its types", world({ ticks: 256 }), /^refused\.ticks: 256 /],
    ["a world with a fraction", world({ ticks: 0.5 }), /^refused\.ticks: 0\.5 is not a whole number/],
    ["a world that lacks something", { setup: () => ({ at: new Map() }) }, /^refused\.ticks: is missing/],
    ["a world with too much", world({ tick: 0 }), /^refused\.tick: is not declared in RefusedState/],
    ["a plain object for a map", world({ at: {} }), /^refused\.at: .* is not a Map/],
    ["no world at all", { setup: () => undefined }, /^refused: is missing/],
  ])("%s", (_what, change, message) => {
    let error: unknown;
    try {
      define(change);
    } catch (thrown) {
      error = thrown;
    }
    expect((error as Error | undefined)?.message).toMatch(message);
  });

  it.each([undefined, null, 5, "tag"])("%s is no literal", (literal) => {
    expect(() => defineGame(literal as never)).toThrow("defineGame: expects one literal");
  });

  it("and what setup throws comes through", () => {
    const setup = () => {
      throw new Error("a setup that fails");
    };
    expect(() => define({ setup })).toThrow("a setup that fails");
  });
});

describe("commands that cannot work are refused with their path:", () => {
  const apply = (): void => {};
  const many = Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`c${i}`, { apply }]));
  it.each<[string, object, string]>([
    ["neither these nor an input", { input: undefined }, "refused.input: is missing; a game has an input, or commands"],
    ["none of them", { commands: {} }, "refused.commands: has 0 commands; a game has 1 to 256, or leaves them out"],
    ["too many", { commands: many }, "refused.commands: has 257 commands"],
    [
      "a list of them",
      { commands: [{ apply }] },
      "refused.commands: must be an object: { build: { fields: ..., apply(",
    ],
    [
      "a name with a dash",
      { commands: { "go-there": { apply } } },
      "commands.go-there: must be 1 to 31 letters or digits",
    ],
    [
      "the room's own name",
      { commands: { input: { apply } } },
      "commands.input: this name is taken by the room; choose",
    ],
    [
      "a function for the rules",
      { commands: { go: apply } },
      "refused.commands.go: must be { fields, accepts, apply }",
    ],
    [
      "a misspelt member",
      { commands: { go: { field: Input, apply } } },
      "refused.commands.go.field: is not part of a command; a command has fields, accepts, apply",
    ],
    ["no apply", { commands: { go: {} } }, "refused.commands.go.apply: is missing; it must be a function"],
    [
      "an accepts that is no function",
      { commands: { go: { accepts: true, apply } } },
      "refused.commands.go.accepts: must be a function, or left out",
    ],
    [
      "the game's accepts, where there is no input to ask it about",
      { input: undefined, accepts: () => true, commands: { go: { apply } } },
      "refused.accepts: is asked about inputs, and the game has none; a command has an accepts of its own",
    ],
    [
      "late inputs, where there are none",
      { input: undefined, lateInputs: "drop", commands: { go: { apply } } },
      "refused.lateInputs: is about inputs, and the game has none; leave it out (lateCommands is for its commands)",
    ],
    [
      "late commands, where there are none",
      { lateCommands: "move" },
      "refused.lateCommands: is about commands, and the game has none; leave it out",
    ],
    [
      "a policy that does not exist",
      { lateCommands: "keep" },
      'refused.lateCommands: must be "move" (default) or "drop"',
    ],
  ])("%s", (_what, change, message) => {
    expect(() => define(change)).toThrow(GameError);
    expect(() => define(change)).toThrow(message);
  });
});

describe("a good one", () => {
  it.each([
    ["the least", { tickRate: 1, seats: { min: 1, max: 1 }, name: "a" }],
    ["the most", { tickRate: 120, seats: { min: MOST_SEATS, max: MOST_SEATS }, name: `a${"-9".repeat(15)}b` }],
    ["everything", { lateInputs: "drop", join() {}, leave() {}, bot: () => ({ dx: 0 }), accepts: () => true }],
    ["the longest input delay", { tickRate: 20, inputDelay: 10 }],
    ["the longest input delay of slow ticks", { tickRate: 1, inputDelay: 1 }],
    [
      "what may be left out as undefined",
      { lateInputs: undefined, inputDelay: undefined, join: undefined, bot: undefined },
    ],
  ])("with %s is returned as it was written, and cannot be changed any more", (_what, change) => {
    const game = define(change);
    expect(game).toEqual({ ...good, ...change });
    expect(Object.isFrozen(game)).toBe(true);
  });

  it("takes its types from the schemas alone, also where setup returns an empty map and nothing else", () => {
    const Single = schema({ at: t.map("boolean") }, "SingleState");
    const game = defineGame({
      ...good,
      state: Single,
      setup: () => ({ at: new Map() }),
      step(state) {
        expectTypeOf(state).toEqualTypeOf<{ at: Map<number, boolean> }>();
        state.at.set(1, true);
      },
    });
    expect(game.setup({ tick: 0, random: new WorldRandom(0) }).at.size).toBe(0);
  });

  it("has its setup run once, at tick 0, with random numbers", () => {
    const contexts: number[][] = [];
    define({
      setup: (context: { tick: number; random: { int(min: number, max: number): number } }) => {
        contexts.push([context.tick, context.random.int(0, 9)]);
        return good.setup();
      },
    });
    expect(contexts).toEqual([[0, expect.any(Number)]]);
  });
});
