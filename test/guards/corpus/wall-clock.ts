/** A game that looks at the clock. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "wall-clock",
  step(state) {
    state.count = Date.now() % 1000;
  },
});
