/** A game that gives two players the same object. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "shared-object",
  step(state) {
    const [first] = state.players.values();
    if (first !== undefined) state.players.set(1, first);
  },
});
