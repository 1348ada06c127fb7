/** The engine's functions on seeded inputs, block by block, so that a difference can be narrowed to one input. */
import { shownValue } from "../../../shared/engine/codec/diff.ts";
import { type Golden, hashOfResults } from "../../engine/math/golden-results.ts";
import { seededInputs } from "../../engine/math/inputs.ts";
import { hashText } from "./hex.ts";
import { INPUTS_PER_BLOCK } from "./jobs.ts";

/** Each block has a seed of its own, so that it can be made alone. */
const seedOf = (block: number): number => 1 + block;

/** The hashes of blocks 0 .. blocks - 1. */
export function hashBlocks(golden: Golden, blocks: number): string {
  let hashes = "";
  for (let block = 0; block < blocks; block++)
    hashes += hashText(hashOfResults(golden, INPUTS_PER_BLOCK, seedOf(block)));
  return hashes;
}

/** Every input of one block with its result, as text that is the same exactly when the numbers are. */
export function tellBlock({ name, of, input }: Golden, block: number): string[] {
  const inputs = seededInputs(seedOf(block));
  return Array.from({ length: INPUTS_PER_BLOCK }, (_, index) => {
    const args = input(inputs, index);
    return `${name}(${args.map(shownValue).join(", ")}) = ${shownValue(of(...args))}`;
  });
}
