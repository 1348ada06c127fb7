/** A game that draws lots from the text of a function. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

function lucky(count: number): number {
  return count + 1;
}

export const game = defineGame({
  ...parts,
  name: "function-text",
  step(state) {
    state.count = lucky(String(lucky).length);
  },
});
