/** Matches of tests in memory, at the end of their test: they come out again, or it fails and leaves them to be looked at. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { expect, it } from "vitest";
import { tag } from "../../shared/games/tag.ts";
import { clocked } from "./games/broken-games.ts";
import { matchInMemory } from "./memory/delivery.ts";
import { opened } from "./memory/memory-recording.ts";
import { endMatches, watchedMatches } from "./memory/played-matches.ts";
import { packInMemory } from "./memory/table.ts";

const TICKS = 50;

function play(game: Parameters<typeof matchInMemory>[0]): void {
  const match = matchInMemory(game, { seed: 1, bots: 2, pack: packInMemory });
  for (let i = 0; i < TICKS; i++) match.closeTick();
}

it("a match that comes out again is forgotten", () => {
  const before = watchedMatches();
  play(tag as never);
  expect(watchedMatches()).toBe(before + 1);
  endMatches(before, "a test", false);
  expect(watchedMatches()).toBe(before);
});

it("one that does not fails its test, and is left as a recording", () => {
  const before = watchedMatches();
  play(clocked() as never);
  expect(() => endMatches(before, "a test of rules that read a clock", false)).toThrow(/another world at tick \d+/);
  const file = "artifacts/a-test-of-rules-that-read-a-clock-clocked-1.phx";
  const { isWhole, endTick, head } = opened(readFileSync(file));
  expect([isWhole, endTick, head.game]).toEqual([true, TICKS, "clocked"]);
  rmSync(file);
});

it("those of a test that has failed anyway are left", () => {
  const before = watchedMatches();
  play(tag as never);
  endMatches(before, "a test that failed", true);
  const file = "artifacts/a-test-that-failed-0-tag-1.phx";
  expect(existsSync(file)).toBe(true);
  rmSync(file);
});
