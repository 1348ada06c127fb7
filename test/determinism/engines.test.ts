/** The short version of `npm run determinism`: every engine that is here steps some matches of every game. */
import { beforeAll, describe, expect, it } from "vitest";
import { SHELF } from "./bundle.ts";
import { type Outcome, runDeterminism } from "./determinism.ts";
import { ENGINES } from "./engines.ts";
import { games } from "./games/shelf-and-kit.ts";
import { isFailure, printOutcome } from "./print.ts";

const TICKS = 3000;
const LIMIT_MS = 120_000;

describe("every game has one world, tick by tick, on", () => {
  let outcome: Outcome;
  beforeAll(async () => {
    outcome = await runDeterminism({
      sources: { ...SHELF, games: "test/determinism/games/shelf-and-kit.ts" },
      ticks: TICKS,
      blocks: 1,
      engines: ENGINES,
      atOnce: 2,
      limitMs: LIMIT_MS,
      folder: "artifacts",
    });
  }, 2 * LIMIT_MS);

  it.for(ENGINES)("$name", ({ name }, { skip }) => {
    const missing = outcome.missing.find((engine) => engine.name === name);
    if (missing !== undefined) {
      if (process.env.CI) throw new Error(`${name} is missing, and .ci/run must install it: ${missing.reason}`);
      return skip(`${name} is missing: ${missing.reason}`);
    }
    const mine = { ...outcome, comparisons: outcome.comparisons.filter((comparison) => comparison.name === name) };
    expect(isFailure(mine, false), printOutcome(mine)).toBe(false);
    expect(mine.comparisons[0]!.ticks).toBeGreaterThanOrEqual(TICKS);
    expect(mine.comparisons[0]!.results).toBeGreaterThan(0);
    expect(outcome.games).toEqual(games.map((game) => game.name));
  });
});
