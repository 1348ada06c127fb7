/** A game that slows down by a power. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "power",
  step(state) {
    state.angle = 0.97 ** (state.count % 50);
  },
});
