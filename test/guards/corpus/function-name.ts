/** A game that keeps the name of a function in the world. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const standing = (): number => 0;
const walking = (): number => 1;

export const game = defineGame({
  ...parts,
  name: "function-name",
  step(state, { tick }) {
    const act = tick % 2 === 0 ? standing : walking;
    state.count += act();
    state.title = act.name;
  },
});
