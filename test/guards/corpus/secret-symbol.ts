/** A game that hides a value under a symbol. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const SECRET = Symbol("secret");

export const game = defineGame({
  ...parts,
  name: "secret-symbol",
  step(state) {
    for (const player of state.players.values()) Object.assign(player, { [SECRET]: state.count });
    state.count += 1;
  },
});
