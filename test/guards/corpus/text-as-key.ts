/** A game that keys players by text. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "text-as-key",
  step(state) {
    // @ts-expect-error: the types say so too
    state.players.set("0", { x: 0, heat: 0, score: 0 });
  },
});
