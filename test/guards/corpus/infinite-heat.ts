/** A game that divides by nothing. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "infinite-heat",
  step(state) {
    for (const player of state.players.values()) player.heat = 1 / player.score;
  },
});
