/** A game whose command is asked whether it may be given, and writes into the world at that. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts, type World } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "accepts-writes",
  commands: {
    ring: {
      accepts(state) {
        (state as World).count += 1;
        return true;
      },
      apply(state) {
        state.title = "rung";
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
