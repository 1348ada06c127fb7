/** A game that puts a Set where an array was declared. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "set-in-state",
  step(state) {
    // @ts-expect-error: the types say so too
    state.list = new Set(state.list);
  },
});
