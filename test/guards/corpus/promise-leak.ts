/** A game that does the second half of a tick after the tick. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "promise-leak",
  step(state) {
    Promise.resolve().then(() => {
      state.count += 1;
    });
  },
});
