/** A game whose command brings a list as long as a player likes. */
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const Ring = schema({ bells: t.array("uint8") }, "EndlessRing");

export const game = defineGame({
  ...parts,
  name: "endless-command",
  commands: {
    ring: {
      fields: Ring,
      apply(state, _seat, { bells }) {
        state.count += bells.length;
      },
    },
  },
  step(state) {
    state.count += 1;
  },
});
