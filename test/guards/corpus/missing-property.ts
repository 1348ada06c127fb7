/** A game that forgets a part of a new player. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

export const game = defineGame({
  ...parts,
  name: "missing-property",
  join(state, seat) {
    // @ts-expect-error: the types say so too
    state.players.set(seat, { x: 0, heat: 0 });
  },
  step(state) {
    state.count += 1;
  },
});
