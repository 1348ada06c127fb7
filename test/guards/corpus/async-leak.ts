/** A game that starts something that goes on after the tick. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts, type World } from "./parts.ts";

async function later(state: World): Promise<void> {
  await null;
  state.count += 1;
}

export const game = defineGame({
  ...parts,
  name: "async-leak",
  step(state) {
    void later(state);
  },
});
