/** A game that turns with a sine that was taken out of Math. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const { sin } = Math;

export const game = defineGame({
  ...parts,
  name: "destructured-sine",
  step(state) {
    state.angle = sin(state.angle + 1);
  },
});
