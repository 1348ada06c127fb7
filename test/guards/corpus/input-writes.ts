/** A game that writes into an input. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "input-writes",
  step(state, { input }) {
    for (const seat of state.players.keys()) Object.assign(input(seat), { dx: 0 });
  },
});
