/** A game that picks a curve of Math by its name. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "computed-curve",
  step(state) {
    const curve = state.count % 2 === 0 ? "sinh" : "log2";
    state.angle = Math[curve](1.5);
  },
});
