/** A game that declares a field that may be missing. */
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const Vague = schema({ target: t.int32().optional(), count: t.uint32() }, "VagueState");

export const game = defineGame({
  tickRate: parts.tickRate,
  seats: parts.seats,
  input: parts.input,
  bot: parts.bot,
  name: "optional-field",
  state: Vague,
  setup: () => ({ count: 0 }),
  step(state) {
    state.count += 1;
  },
});
