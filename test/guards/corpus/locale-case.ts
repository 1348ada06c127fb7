/** A game that writes a name in capitals of the machine's language. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "locale-case",
  step(state) {
    state.title = "title".toLocaleUpperCase();
  },
});
