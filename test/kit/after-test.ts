/** The end of every test: the matches that it played in memory are verified. */
import { afterAll, afterEach, beforeEach, expect } from "vitest";
import { beginWatch, endMatches, watchedMatches } from "./memory/played-matches.ts";

beginWatch();

/** How many matches there were before the test: those that a file plays before its first test are verified at its end. */
let before = 0;

beforeEach(() => {
  before = watchedMatches();
});

afterEach(({ task }) => {
  endMatches(before, expect.getState().currentTestName ?? task.name, task.result?.state === "fail");
});

afterAll(() => endMatches(0, expect.getState().testPath?.split("/").at(-1) ?? "a file", false));
