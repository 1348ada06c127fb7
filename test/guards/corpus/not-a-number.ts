/** A game that divides nothing by nothing. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "not-a-number",
  step(state) {
    for (const player of state.players.values()) player.heat = (player.score * 0) / player.score;
  },
});
