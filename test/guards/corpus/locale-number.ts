/** A game that writes a number in the language of the machine. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "locale-number",
  step(state) {
    state.title = (state.count * 1000).toLocaleString();
  },
});
