/** A game that puts an object with methods into the world. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

class Knight {
  x = 0;
  heat = 0;
  score = 0;
  walk(): void {
    this.x += 1;
  }
}

export const game = defineGame({
  ...parts,
  name: "class-instance",
  join(state, seat) {
    state.players.set(seat, new Knight());
  },
  step(state) {
    for (const player of state.players.values()) (player as Knight).walk();
  },
});
