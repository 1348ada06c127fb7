/** A game that puts off a part of the tick. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "microtask",
  step(state) {
    queueMicrotask(() => {
      state.count += 1;
    });
  },
});
