/** A game that finds out how deep the stack is. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

function depth(n: number): number {
  try {
    return depth(n + 1);
  } catch {
    return n;
  }
}

export const game = defineGame({
  ...parts,
  name: "stack-depth",
  step(state) {
    state.count = depth(0);
  },
});
