/** A game that measures the time since the last tick. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "stop-watch",
  step(state) {
    state.angle = performance.now() / 1000;
  },
});
