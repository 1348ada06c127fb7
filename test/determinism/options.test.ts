/** The command line of `npm run determinism`: what it takes, and the sentence for what it does not. */
import { expect, it } from "vitest";
import { ENGINES } from "./engines.ts";
import { parseOptions } from "./options.ts";

it("takes everything by default", () => {
  const engines = ENGINES.map(({ name }) => name);
  expect(parseOptions([])).toEqual({
    kind: "run",
    game: undefined,
    ticks: 100_000,
    inputs: 1_000_000,
    seconds: 400,
    engines,
  });
});

it("takes a game, some engines, and numbers", () => {
  expect(parseOptions(["tag", "--engines", "quickjs,Node 26", "--ticks=500", "--inputs", "0"])).toMatchObject({
    game: "tag",
    engines: ["QuickJS", "Node 26"],
    ticks: 500,
    inputs: 0,
  });
  expect(parseOptions(["--help"])).toEqual({ kind: "help" });
});

it.each([
  [["--fast"], "Unknown option --fast; --help lists them."],
  [["tag", "arena"], "Give one game, or none for all; not tag and arena."],
  [["--ticks", "many"], "--ticks needs a whole number, such as --ticks 100000."],
  [["--ticks", "0"], "--ticks needs a whole number, such as --ticks 100000."],
  [["--engines", "ie6"], 'There is no engine "ie6"; there are QuickJS, '],
] as const)("%j is answered with a sentence", (args, sentence) => {
  expect(parseOptions(args)).toMatchObject({ kind: "wrong", sentence: expect.stringContaining(sentence) as string });
});
