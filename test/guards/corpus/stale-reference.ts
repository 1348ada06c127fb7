/** A game that keeps a part of the world across ticks. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const held: { list?: number[] } = {};

export const game = defineGame({
  ...parts,
  name: "stale-reference",
  step(state) {
    held.list ??= state.list;
    held.list.push(state.list.length);
    state.count = held.list.length;
  },
});
