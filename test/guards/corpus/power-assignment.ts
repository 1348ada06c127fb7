/** A game that cools down by a power. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "power-assignment",
  step(state) {
    state.angle **= 1.01;
  },
});
