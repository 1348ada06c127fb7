/**
 * Broken games, on purpose: no engine can play them to the end. The run must say what is wrong, and not hang. The run
 * must say what is wrong, and not hang.
 */
import { defineGame, schema, t } from "../../../shared/engine/index.ts";

const Input = schema({ dx: t.int8() }, "UnusableInput");
const State = schema({ ticks: t.uint32() }, "UnusableState");

const parts = {
  tickRate: 20,
  seats: { min: 1, max: 2 },
  input: Input,
  state: State,
  setup: () => ({ ticks: 0 }),
};

const throwing = defineGame({
  ...parts,
  name: "throwing",
  step() {
    throw new Error("a rule that fails");
  },
});

const slow = defineGame({
  ...parts,
  name: "slow",
  step(state) {
    const until = Date.now() + 100;
    while (Date.now() < until) state.ticks++;
  },
});

const endless = defineGame({
  ...parts,
  name: "endless",
  step(state) {
    while (state.ticks >= 0) state.ticks = 1;
  },
});

const frozen = defineGame({ ...parts, name: "frozen", step() {} });

export const games = [throwing, slow, endless, frozen];

export const GOLDEN = [];
