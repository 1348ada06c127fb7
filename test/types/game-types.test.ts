/**
 * The refusals of the types, so that a designer's editor gives them first. Run by `tsc`; here only that the file is
 * part of it.
 */
import { expect, it } from "vitest";
import { defineGame, schema, t } from "../../shared/engine/index.ts";

const Input = schema({ dx: t.int8<-1 | 0 | 1>(), fires: t.boolean() }, "TypesInput");
const Runner = schema({ x: t.int32(), tags: t.uint16() }, "TypesRunner");
const State = schema({ runners: t.map(Runner), names: t.array("string"), it: t.uint8() }, "TypesState");

const parts = { name: "types", tickRate: 20, seats: { min: 1, max: 4 }, input: Input, state: State } as const;
const setup = () => ({ runners: new Map(), names: [], it: 0 });

/** Never called: each error below must be one for the compiler. */
function refused(): void {
  defineGame({
    ...parts,
    setup,
    step(state, { input }) {
      for (const [seat, runner] of state.runners) {
        // @ts-expect-error there is no field z
        runner.z = 1;
        // @ts-expect-error an input is not for writing
        input(seat).dx = 1;
        // @ts-expect-error dx is -1, 0 or 1
        if (input(seat).dx === 2) runner.x = 0;
        // @ts-expect-error a number is no text
        runner.x = "far";
      }
      // @ts-expect-error Map<number, ...>: keys are numbers
      state.runners.get("0");
      // @ts-expect-error names are texts
      state.names.push(1);
    },
    bot(state) {
      // @ts-expect-error a bot reads a world it cannot change
      state.it = 1;
      // @ts-expect-error deeply
      state.names.push("me");
      // @ts-expect-error deeply
      state.runners.clear();
      return { dx: 0, fires: false };
    },
  });
  // @ts-expect-error the state lacks the field names
  defineGame({ ...parts, setup: () => ({ runners: new Map(), it: 0 }), step() {} });
  // @ts-expect-error dx is -1, 0 or 1
  defineGame({ ...parts, setup, step() {}, bot: () => ({ dx: 2, fires: false }) });
  // @ts-expect-error an input has all its fields
  defineGame({ ...parts, setup, step() {}, bot: () => ({ dx: 1 }) });
  // @ts-expect-error a game has a step
  defineGame({ ...parts, setup });
  // @ts-expect-error the rules are not told the time
  defineGame({ ...parts, setup, step: (_state, { now }) => now });
}

/** What must be accepted: literal bots of both signs, and rules that read everything they may. */
const accepted = () =>
  defineGame({
    ...parts,
    setup,
    join(state, seat, { random }) {
      state.runners.set(seat, { x: random.int(0, 9), tags: 0 });
    },
    step(state, { input, tick }) {
      for (const [seat, runner] of state.runners) runner.x += input(seat).dx;
      state.it = tick % 4;
    },
    bot: (state, seat, { random }) => ({ dx: random.chance(0.5) ? 1 : -1, fires: state.it === seat }),
  });

it("a game that the types accept is accepted at definition time too", () => {
  expect(accepted().name).toBe("types");
  expect(refused).toBeTypeOf("function");
});
