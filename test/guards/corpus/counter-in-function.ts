/** A game that counts in a property of a function. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

function remember(): void {}
remember.calls = 0;

export const game = defineGame({
  ...parts,
  name: "counter-in-function",
  step(state) {
    remember.calls += 1;
    state.count = remember.calls;
  },
});
