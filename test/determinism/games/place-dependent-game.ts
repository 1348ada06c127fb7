/** A broken game, on purpose: it differs where people write numbers, or live, in another way. */
import { defineGame, schema, t } from "../../../shared/engine/index.ts";

const Input = schema({ dx: t.int8() }, "PlaceInput");
const State = schema({ length: t.uint32(), hours: t.float64() }, "PlaceState");

export const games = [
  defineGame({
    name: "by-place",
    tickRate: 20,
    seats: { min: 1, max: 2 },
    input: Input,
    state: State,
    setup: () => ({ length: 0, hours: 0 }),
    step(state, { tick }) {
      if (tick >= 10) state.length = (tick * 1000.5).toLocaleString().charCodeAt(1);
      if (tick >= 20) state.hours = new Date(tick).getHours();
    },
  }),
];

export const GOLDEN = [];
