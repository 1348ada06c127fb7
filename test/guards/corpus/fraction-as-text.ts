/** A game that makes a name of a fraction. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "fraction-as-text",
  step(state) {
    state.title = state.angle.toString(36);
  },
});
