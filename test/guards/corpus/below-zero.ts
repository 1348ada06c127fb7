/** A game that counts down and does not stop at zero. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "below-zero",
  step(state) {
    state.count -= 7;
  },
});
