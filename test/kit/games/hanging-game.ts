/** A game whose rules do not return from one tick on: late enough that whoever is to see it is there, on a busy machine too. */
import { defineGame, schema, t } from "../../../shared/engine/index.ts";

export const HANGS_AT_TICK = 160;

const Input = schema({ dx: t.int8() }, "HangingInput");
const State = schema({ count: t.uint32() }, "HangingState");

export const hanging = defineGame({
  name: "hanging",
  tickRate: 20,
  seats: { min: 1, max: 4 },
  input: Input,
  state: State,
  setup: () => ({ count: 0 }),
  join() {},
  leave() {},
  step(state, { tick }) {
    while (tick >= HANGS_AT_TICK) {}
    state.count++;
  },
});
