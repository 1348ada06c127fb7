/** A game that sets up a world that does not fit its declaration. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "wrong-setup",
  setup: () => ({ ...parts.setup(), count: -1 }),
  step(state) {
    state.count += 1;
  },
});
