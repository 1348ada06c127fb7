/** The spread of a matrix: nothing that is in it goes unplayed on a laptop, and in CI no case of it does. */
import { afterEach, expect, it, vi } from "vitest";
import { spread } from "./spread.ts";

const CASES = ["a", "b", "c"].flatMap((row) => [1, 2, 3, 4].map((column) => [row, column] as const));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it("has every row and every column on a laptop, and says how many of how many are played", () => {
  vi.stubEnv("CI", "");
  const told = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const played = spread("letters and figures", CASES);
  expect(told.mock.calls).toEqual([["letters and figures: 4 of 12 are played; CI=true plays all\n"]]);
  expect(new Set(played.map(([row]) => row))).toEqual(new Set(["a", "b", "c"]));
  expect(new Set(played.map(([, column]) => column))).toEqual(new Set([1, 2, 3, 4]));
});

it("is all of them in CI, and where none can be spared", () => {
  const told = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.stubEnv("CI", "");
  expect(spread("one row", CASES.slice(0, 4))).toEqual(CASES.slice(0, 4));
  expect(spread("none", [])).toEqual([]);
  vi.stubEnv("CI", "true");
  expect(spread("letters and figures", CASES)).toBe(CASES);
  expect(told.mock.calls).toEqual([]);
});
