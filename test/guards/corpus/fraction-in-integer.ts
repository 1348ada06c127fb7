/** A game that walks half a step where only whole ones fit. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "fraction-in-integer",
  step(state) {
    for (const player of state.players.values()) player.x += 0.5;
  },
});
