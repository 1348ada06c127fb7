/** A game that writes beyond the end of an array. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "hole-in-array",
  step(state) {
    state.list[state.list.length + 3] = 1;
  },
});
