/** A game that counts in a constant object. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const stats = { ticks: 0 };

export const game = defineGame({
  ...parts,
  name: "counter-in-constant",
  step(state) {
    stats.ticks += 1;
    state.count = stats.ticks;
  },
});
