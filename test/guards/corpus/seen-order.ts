/** A game that walks the seats in the order in which this process met them. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const seen = new Set<number>();

export const game = defineGame({
  ...parts,
  name: "seen-order",
  join(state, seat) {
    seen.add(seat);
    parts.join(state, seat);
  },
  step(state) {
    for (const seat of seen) state.title += seat;
    state.title = state.title.slice(-8);
  },
});
