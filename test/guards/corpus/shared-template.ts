/** A game that starts every player from one constant object. */
import { defineGame } from "../../../shared/engine/index.ts";
import { type Hero, parts } from "./parts.ts";

const START: Hero = { x: 0, heat: 1, score: 0 };

export const game = defineGame({
  ...parts,
  name: "shared-template",
  join(state, seat) {
    state.players.set(seat, START);
  },
  step(state) {
    for (const player of state.players.values()) player.x += 1;
  },
});
