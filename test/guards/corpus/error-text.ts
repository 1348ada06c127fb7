/** A game that reads the text of an error, which every engine words in its own way. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "error-text",
  step(state) {
    try {
      state.count = state.players.get(9)!.score;
    } catch (error) {
      state.title = (error as Error).message;
    }
  },
});
