/** A game that sorts by true and false. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "boolean-comparator",
  step(state) {
    // @ts-expect-error: the types say so too
    state.list.sort((a, b) => a > b);
  },
});
