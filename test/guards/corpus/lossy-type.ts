/** A game that declares a number that the wire rounds. */
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import { parts } from "./parts.ts";

const Rounded = schema({ speed: t.number(), count: t.uint32() }, "RoundedState");

export const game = defineGame({
  tickRate: parts.tickRate,
  seats: parts.seats,
  input: parts.input,
  bot: parts.bot,
  name: "lossy-type",
  state: Rounded,
  setup: () => ({ speed: 0.1, count: 0 }),
  step(state) {
    state.count += 1;
  },
});
