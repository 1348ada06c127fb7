/** A game written with all of the kit keeps the contract, and the ways to get the kit wrong are found. */
import { describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { Simulation } from "../../shared/engine/sim/simulation.ts";
import { vocabularyGame } from "../kit/games/vocabulary-game.ts";
import { checkBots, checkSnapshots, checkSync } from "./contract.ts";
import { Driver } from "./driver.ts";
import { checkGolden, readGolden } from "./golden-match.ts";

describe("a game of all the kit", () => {
  it("steps to the same world again after a rollback, at every tick", () => {
    expect(checkSync(vocabularyGame(), process.env.CI ? 3000 : 300, 1)).toBeUndefined();
  });

  it("comes back from its snapshot at every tick, and is played by its bots", () => {
    expect(checkSnapshots(vocabularyGame(), process.env.CI ? 1000 : 300, 2)).toBeUndefined();
    expect(checkBots(vocabularyGame(), 1000, 3)).toBeUndefined();
  });

  it("comes to the worlds of its golden match", () => {
    const game = vocabularyGame() as AnyGame;
    expect(checkGolden(game, readGolden(game.name)!)).toBeUndefined();
  });

  it("leaves the world's own random numbers where they were: it draws from streams only", () => {
    const game = vocabularyGame();
    const world = new Simulation<unknown, unknown>(game as never, 5);
    const driver = new Driver(game, 6);
    const randomBytes = (): Uint8Array => world.snapshot().slice(1, 17); // the tick is one byte until 127
    const before = randomBytes();
    for (let i = 0; i < 100; i++) world.step(driver.next(world));
    expect(randomBytes()).toEqual(before);
  });
});

it("two rooms that share a grid in one process do not disturb each other", () => {
  const game = vocabularyGame();
  const hashes = (isBeside: boolean): number[] => {
    const world = new Simulation<unknown, unknown>(game as never, 1);
    const beside = new Simulation<unknown, unknown>(game as never, 2);
    const [driver, other] = [new Driver(game, 3), new Driver(game, 4)];
    return Array.from({ length: 500 }, () => {
      world.step(driver.next(world));
      if (isBeside) beside.step(other.next(beside));
      return world.hash();
    });
  };
  expect(hashes(true)).toEqual(hashes(false));
});

describe("the sync test finds", () => {
  it("a grid that is asked before it is rebuilt", () => {
    expect(checkSync(vocabularyGame({ asksFirst: true }), 3000, 1)).toMatch(/after (rollback|snapshot)[\s\S]*ships/);
  });

  it("a stream that is kept across ticks", () => {
    expect(checkSync(vocabularyGame({ keepsStream: true }), 100, 1)).toMatch(/after rollback[\s\S]*motes/);
  });
});
