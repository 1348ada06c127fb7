/** A game that looks at the calendar. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "date-object",
  step(state) {
    state.count = new Date().getFullYear();
  },
});
