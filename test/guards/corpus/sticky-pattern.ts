/** A game that asks a pattern that remembers where its last match ended. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const DIGIT = /\d/g;

export const game = defineGame({
  ...parts,
  name: "sticky-pattern",
  step(state) {
    state.count += DIGIT.test("12") ? 1 : 0;
  },
});
