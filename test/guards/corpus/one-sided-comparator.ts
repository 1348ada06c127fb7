/** A game that sorts without ever saying equal. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "one-sided-comparator",
  step(state) {
    state.list.sort((a, b) => (a > b ? 1 : -1));
  },
});
