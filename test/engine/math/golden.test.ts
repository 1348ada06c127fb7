/** Golden hashes: an engine on which any of 100,000 results a function differs in any bit fails here. */
import { expect, it } from "vitest";
import { GOLDEN, hashOfResults } from "./golden-results.ts";

it.each(GOLDEN)("$name gives the same 100,000 results on every engine", (golden) => {
  expect(hashOfResults(golden)).toBe(golden.hash);
});
