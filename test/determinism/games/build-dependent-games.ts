/**
 * Broken games, on purpose: they play differently once they are built as the page is. The comparison must name each.
 * The comparison must name each.
 */
import { defineGame, schema, t } from "../../../shared/engine/index.ts";

const Input = schema({ dx: t.int8<-1 | 0 | 1>() }, "BuiltInput");
const State = schema({ mood: t.string(), steps: t.uint32() }, "BuiltState");

const parts = {
  tickRate: 20,
  seats: { min: 1, max: 2 },
  input: Input,
  state: State,
  setup: () => ({ mood: "", steps: 0 }),
  bot: () => ({ dx: 1 }) as const,
};

const standing = (): number => 0;
const walking = (): number => 1;

const byFunctionName = defineGame({
  ...parts,
  name: "by-function-name",
  step(state, { tick, input }) {
    const act = input(tick % 2).dx === 0 ? standing : walking;
    state.steps += act();
    state.mood = act.name;
  },
});

const count = (state: { steps: number }): number => {
  state.steps++;
  return state.steps;
};

const byPureComment = defineGame({
  ...parts,
  name: "by-pure-comment",
  step(state, { tick }) {
    state.mood = `tick ${tick}`;
    /* @__PURE__ */ count(state);
  },
});

export const games = [byFunctionName, byPureComment];
