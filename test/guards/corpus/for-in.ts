/** A game that walks an object by for in. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "for-in",
  step(state) {
    const points = { 10: 1, 2: 5, last: 3 };
    for (const name in points) state.title = name + state.title.slice(0, 20);
  },
});
