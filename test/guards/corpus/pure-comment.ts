/** A game that promises a builder that a call does nothing, so that the page leaves it out. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts, type World } from "./parts.ts";

function count(state: World): number {
  state.count += 1;
  return state.count;
}

export const game = defineGame({
  ...parts,
  name: "pure-comment",
  step(state) {
    /* @__PURE__ */ count(state);
  },
});
