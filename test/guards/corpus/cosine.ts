/** A game that turns with the cosine of the engine of the browser. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "cosine",
  step(state) {
    state.angle = Math.cos(state.angle);
  },
});
