/** A game that rolls the dice of the machine. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "chance",
  step(state) {
    state.count = Math.floor(Math.random() * 100);
  },
});
