/** A game that reads members that the input does not have. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "absent-input",
  step(state, { input }) {
    for (const [seat, player] of state.players) player.x += (input(seat) as unknown as { speed: number }).speed;
  },
});
