/** A game that lets a bomb go off by a timer. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "timer",
  step(state) {
    setTimeout(() => {
      state.count += 1;
    }, 10);
  },
});
