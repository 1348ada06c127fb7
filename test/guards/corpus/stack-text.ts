/** A game that names things by the text of a stack. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "stack-text",
  step(state) {
    state.title = (new Error().stack ?? "").slice(0, 2000);
  },
});
