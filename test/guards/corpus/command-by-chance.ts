/** A game whose command does what chance says, and not the world's. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "command-by-chance",
  commands: {
    roll: {
      apply(state) {
        state.count = Math.floor(Math.random() * 100);
      },
    },
  },
  bot(_state, _seat, { give }) {
    give("roll");
    return { dx: 1, fire: false };
  },
  step(state) {
    state.count += 1;
  },
});
