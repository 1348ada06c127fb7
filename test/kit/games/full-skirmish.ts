/** Full skirmish: the shelf of a test in which 2,000 units fight for as long as it takes: whoever falls is replaced, and no building falls. */
import { defineGame, every } from "../../../shared/engine/index.ts";
import { KINDS } from "../../../shared/games/skirmish/kinds.ts";
import { skirmish } from "../../../shared/games/skirmish/skirmish.ts";
import { musterArmy } from "./army.ts";

const REPLACED_TICKS = 20;

export const games = [
  defineGame({
    ...skirmish,
    join(state, seat, context) {
      skirmish.join!(state, seat, context);
      musterArmy(state, seat);
    },
    step(state, context) {
      for (const id of state.yards.keys()) {
        const building = state.units[id]!;
        building.health = KINDS[building.kind]!.health;
      }
      skirmish.step(state, context);
      if (every(context.tick, REPLACED_TICKS)) for (const seat of state.players.keys()) musterArmy(state, seat);
    },
  }),
];
