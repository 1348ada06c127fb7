/** A game that counts in a variable at the top level. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

let calls = 0;

export const game = defineGame({
  ...parts,
  name: "hidden-counter",
  step(state) {
    calls++;
    state.count = calls;
  },
});
