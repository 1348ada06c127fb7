/** A game that lets its bot write into the world. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts, type World } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "bot-writes",
  bot(state) {
    (state as World).count += 1;
    return { dx: 1, fire: false };
  },
  step(state) {
    state.count += 1;
  },
});
