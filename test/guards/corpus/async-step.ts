/** A game that waits in the middle of a tick. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "async-step",
  async step(state) {
    await null;
    state.count += 1;
  },
});
