/** Golden hashes: an engine on which any of 100,000 results differs in any bit fails here. */
import { expect, it } from "vitest";
import { hashOf } from "../math/golden-results.ts";
import { GOLDEN } from "./golden-results.ts";

it.each(GOLDEN)("$name give the same 100,000 results on every engine", (golden) => {
  expect(hashOf(golden.result)).toBe(golden.hash);
});
