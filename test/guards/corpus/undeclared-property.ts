/** A game that gives players something that the schema does not know. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "undeclared-property",
  step(state) {
    for (const player of state.players.values()) Object.assign(player, { bonus: 1 });
  },
});
