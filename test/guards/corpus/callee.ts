/** A game that asks who called: strict code may not. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "callee",
  step(state) {
    state.count = arguments.length + String(arguments.callee).length;
  },
});
