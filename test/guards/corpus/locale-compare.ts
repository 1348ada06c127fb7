/** A game that sorts names by the language of the machine. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "locale-compare",
  step(state) {
    const names = ["zoe", "Änne", "adam"].sort((a, b) => a.localeCompare(b));
    state.title = names.join();
  },
});
