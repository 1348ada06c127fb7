/** A game that writes a number by Intl. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "number-format",
  step(state) {
    state.title = new Intl.NumberFormat().format(12345.6);
  },
});
