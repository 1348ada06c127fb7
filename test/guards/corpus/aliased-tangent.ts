/** A game that turns with a tangent of Math under another name. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const M = Math;

export const game = defineGame({
  ...parts,
  name: "aliased-tangent",
  step(state) {
    state.angle = M.tan(state.angle);
  },
});
