/** Broken games, on purpose: each must be caught by the check it is made for, or the check proves nothing. */
import type { Rule } from "../../../shared/engine/game/rules-error.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";

const Input = schema({ dx: t.int8<-1 | 0 | 1>() }, "BrokenInput");
const State = schema({ at: t.map("int32"), count: t.uint32() }, "BrokenState");

const parts = {
  tickRate: 20,
  seats: { min: 1, max: 4 },
  input: Input,
  state: State,
  setup: () => ({ at: new Map<number, number>(), count: 0 }),
} as const;

type World = { at: Map<number, number>; count: number };
const join = (state: World, seat: number): void => {
  state.at.set(seat, 0);
};
const leave = (state: World, seat: number): void => {
  state.at.delete(seat);
};
const bot = (): { dx: 1 } => ({ dx: 1 });

/** Keeps state where no rollback reaches it. */
export function hiddenState() {
  let calls = 0;
  return defineGame({
    ...parts,
    name: "hidden-state",
    join,
    leave,
    bot,
    step(state) {
      calls++;
      state.count = calls;
    },
  });
}

/** Steps on a reference taken in an earlier tick: after a restore it points into a world that is gone. */
export function staleReference() {
  let kept: World["at"] | undefined;
  return defineGame({
    ...parts,
    name: "stale-reference",
    join,
    leave,
    bot,
    step(state) {
      kept ??= state.at;
      kept.set(0, (kept.get(0) ?? 0) + 1);
      state.count = kept.get(0)! % 1000;
    },
  });
}

/** Nothing ever happens in it: a run of it would prove nothing. */
export function frozen() {
  return defineGame({ ...parts, name: "frozen", step() {} });
}

/** Its rules throw after some ticks. */
export function throwing(tick: number) {
  return defineGame({
    ...parts,
    name: "throwing",
    join,
    leave,
    bot,
    step(_state, context) {
      if (context.tick === tick) throw new Error("a rule that fails");
    },
  });
}

/** A value leaves its declared range after some ticks. */
export function outgrowing(tick: number) {
  return defineGame({
    ...parts,
    name: "outgrowing",
    join,
    leave,
    bot,
    step(state, context) {
      state.count = context.tick >= tick ? -1 : 0;
    },
  });
}

/** Its bot wants what its input cannot hold. */
export function greedyBot() {
  return defineGame({ ...parts, name: "greedy-bot", join, leave, step() {}, bot: () => ({ dx: 300 as 1 }) });
}

/** Its bot writes into the world it should only read. */
export function meddlingBot() {
  return defineGame({
    ...parts,
    name: "meddling-bot",
    join,
    leave,
    step() {},
    bot(state) {
      (state as { count: number }).count += 1;
      return { dx: 1 };
    },
  });
}

/** Differs from run to run: what a golden match must notice. */
export function clocked() {
  return defineGame({
    ...parts,
    name: "clocked",
    join,
    leave,
    bot,
    step(state) {
      state.count = Math.floor(Math.random() * 1_000_000);
    },
  });
}

/** One of its rules throws when it is called while `isDue` says so; `accepts` does for an input of 1. */
export function failing(rule: Rule, isDue: () => boolean) {
  const failIf = (here: Rule): void => {
    if (rule === here && isDue()) throw new Error(`planted in ${here}`);
  };
  return defineGame({
    ...parts,
    name: `failing-${rule}`,
    setup() {
      failIf("setup");
      return parts.setup();
    },
    join(state, seat) {
      failIf("join");
      join(state, seat);
    },
    leave(state, seat) {
      failIf("leave");
      leave(state, seat);
    },
    accepts({ dx }) {
      if (dx === 1) failIf("accepts");
      return true;
    },
    bot() {
      failIf("bot");
      return { dx: 0 };
    },
    step() {
      failIf("step");
    },
  });
}
