/** A game whose command keeps in a variable how often it was given. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

let rings = 0;

export const game = defineGame({
  ...parts,
  name: "command-remembers",
  commands: {
    ring: {
      apply(state) {
        rings += 1;
        state.list = [rings];
      },
    },
  },
  bot(_state, _seat, { give }) {
    give("ring");
    return { dx: 1, fire: false };
  },
  step(state) {
    state.count += 1;
  },
});
