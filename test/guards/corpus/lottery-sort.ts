/** A game that shuffles by a comparator that draws lots. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "lottery-sort",
  step(state, { random }) {
    state.list.sort(() => random.float() - 0.5);
  },
});
