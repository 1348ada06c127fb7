/** A game that tells things apart by the name of their class. */
import { defineGame } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

class Archer {
  readonly reach = 30;
}
class Knight {
  readonly reach = 3;
}

export const game = defineGame({
  ...parts,
  name: "class-name",
  step(state, { tick }) {
    const unit = tick % 2 === 0 ? new Archer() : new Knight();
    state.title = unit.constructor.name;
    state.count += unit.reach;
  },
});
