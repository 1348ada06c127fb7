/** A game that makes an id that no other machine makes. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "crypto-id",
  step(state) {
    state.title = crypto.randomUUID();
  },
});
