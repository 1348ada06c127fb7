/** A game that takes hold of the dice when it is loaded. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const roll = Math.random;

export const game = defineGame({
  ...parts,
  name: "captured-chance",
  step(state) {
    state.count = Math.floor(roll() * 100);
  },
});
