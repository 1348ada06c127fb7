/** A game that sorts numbers as text. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "text-sort",
  step(state) {
    state.list.sort();
    state.list.push(state.count % 100);
    state.list.shift();
  },
});
