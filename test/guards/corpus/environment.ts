/** A game that plays otherwise on another machine. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "environment",
  step(state) {
    state.title = `${process.env.PWD}`;
  },
});
