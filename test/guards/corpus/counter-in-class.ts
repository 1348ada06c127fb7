/** A game that counts in a static field. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

class Ids {
  static next = 0;
}

export const game = defineGame({
  ...parts,
  name: "counter-in-class",
  step(state) {
    Ids.next += 1;
    state.count = Ids.next;
  },
});
