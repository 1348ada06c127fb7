/** A game that caches by object: after a rollback the objects are others. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const known = new WeakMap<object, boolean>();

export const game = defineGame({
  ...parts,
  name: "weak-cache",
  step(state) {
    for (const player of state.players.values()) {
      if (known.has(player)) continue;
      known.set(player, true);
      player.score += 1;
    }
  },
});
