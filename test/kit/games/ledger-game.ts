/** Ledger: a game whose world is what was given in its last tick, so that a test sees each command that was applied, and in which order. */
import { atMost, defineGame, schema, t } from "../../../shared/engine/index.ts";

/** A post with this amount is refused, in these words. */
export const REFUSED_AMOUNT = 13;
export const REFUSED_WORDS = "thirteen is not accepted";

const Post = schema({ key: t.uint32(), amount: t.int32() }, "LedgerPost");
const Select = schema({ units: atMost(400, t.array("uint16")), note: atMost(20, t.string()) }, "LedgerSelect");
const Entry = schema({ seat: t.uint8(), tick: t.uint32(), key: t.uint32(), amount: t.int32() }, "LedgerEntry");
const State = schema(
  { entries: t.array(Entry), sum: t.int32(), selected: t.array("uint16"), bells: t.uint32(), dx: t.int32() },
  "LedgerState",
);
const Input = schema({ dx: t.int8() }, "LedgerInput");

const literal = {
  name: "ledger",
  tickRate: 20,
  seats: { min: 1, max: 8 },
  input: Input,
  state: State,
} as const;

export const ledger = defineGame({
  ...literal,
  commands: {
    post: {
      fields: Post,
      accepts: (_state, _seat, { amount }) => amount !== REFUSED_AMOUNT || REFUSED_WORDS,
      apply(state, seat, { key, amount }, { tick }) {
        state.entries.push({ seat, tick, key, amount });
        state.sum = (state.sum + amount) | 0;
      },
    },
    select: {
      fields: Select,
      apply(state, _seat, { units }) {
        state.selected = [...units];
      },
    },
    bell: {
      apply(state) {
        state.bells += 1;
      },
    },
  },
  setup: () => ({ entries: [], sum: 0, selected: [], bells: 0, dx: 0 }),
  step(state, { tick, input }) {
    // Only those of this tick, so that the world stays small.
    if (state.entries.some((entry) => entry.tick < tick))
      state.entries = state.entries.filter((entry) => entry.tick === tick);
    for (let seat = 0; seat < literal.seats.max; seat++) state.dx = (state.dx + input(seat).dx) | 0;
  },
  bot(_state, seat, { tick, random, give }) {
    if (random.chance(0.1)) give("post", { key: tick * 8 + seat, amount: random.int(-5, 5) });
    if (random.chance(0.02)) give("bell");
    return { dx: random.int(-1, 1) };
  },
});
