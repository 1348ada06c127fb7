/**
 * The refusals of the types, so that a designer's editor gives them first. Run by `tsc`; here only that the file is
 * part of it.
 */
import { expect, expectTypeOf, it } from "vitest";
import { atMost, defineGame, schema, t } from "../../shared/engine/index.ts";

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

const Send = schema(
  { side: t.uint8<1 | 2>(), units: atMost(9, t.array("uint16")), to: t.ref(Runner), note: atMost(9, t.string()) },
  "TypesSend",
);
const press = { apply() {} };

/** Never called, like the others. */
function refusedCommands(): void {
  const { input: _input, ...still } = parts;
  const rules = { ...still, setup, step() {} };
  defineGame({
    ...rules,
    commands: {
      press,
      send: {
        fields: Send,
        accepts(state, seat, command, { tick }) {
          // @ts-expect-error accepts only reads the world
          state.it = seat;
          // @ts-expect-error and the command
          command.side = 1;
          // @ts-expect-error there is no field far
          return tick > 9 || command.far;
        },
        // @ts-expect-error a command is told no inputs
        apply(state, _seat, { units, to, note }, { input }) {
          state.it = units.length;
          state.names.push(note);
          // @ts-expect-error it holds runners by seat, and no numbers
          state.runners.set(0, to.x);
          // @ts-expect-error what came is read-only: store a copy
          const own: number[] = units;
          return [own, input];
        },
      },
    },
    bot(_state, _seat, { give }) {
      const to = { x: 0, tags: 0 };
      // @ts-expect-error there is no such command
      give("sent");
      // @ts-expect-error something comes with it
      give("send");
      // @ts-expect-error all of it
      give("send", { side: 1, units: [], to });
      // @ts-expect-error side is 1 or 2
      give("send", { side: 3, units: [], to, note: "" });
      // @ts-expect-error units are numbers
      give("send", { side: 1, units: ["all"], to, note: "" });
      // @ts-expect-error nothing comes with a press
      give("press", { side: 1 });
    },
  });
  // @ts-expect-error a command has an apply
  defineGame({ ...rules, commands: { press: {} } });
  // @ts-expect-error it is accepts
  defineGame({ ...rules, commands: { press: { ...press, accept: () => true } } });
  // @ts-expect-error it answers on every way
  defineGame({ ...rules, commands: { press: { ...press, accepts: (_state, seat) => (seat > 0 ? true : undefined) } } });
  // @ts-expect-error fields are a schema
  defineGame({ ...rules, commands: { send: { fields: { side: t.uint8() }, apply() {} } } });
  // @ts-expect-error there is no input to ask for
  defineGame({ ...rules, commands: { press }, step: (_state, { input }) => input(0).dx });
  // @ts-expect-error there is no input that a bot could return
  defineGame({ ...rules, commands: { press }, bot: () => ({ dx: 1 }) });
  // @ts-expect-error nor a number
  defineGame({ ...rules, commands: { press }, bot: () => 5 });
  defineGame({
    ...rules,
    commands: { press },
    // @ts-expect-error nor now and then
    bot(_state, _seat, { tick, give }) {
      if (tick > 9) return { dx: 0 };
      give("press");
    },
  });
  // @ts-expect-error in a game with an input it returns one
  defineGame({ ...rules, input: Input, commands: { press }, bot: (_state, _seat, { give }) => give("press") });
  // @ts-expect-error the length comes first
  atMost(t.string(), 9);
}

const acceptedCommands = () =>
  defineGame({
    ...parts,
    setup,
    step() {},
    commands: {
      press,
      send: {
        fields: Send,
        accepts(state, seat, { side, units, to, note }) {
          expectTypeOf(side).toEqualTypeOf<1 | 2>();
          expectTypeOf(units).toEqualTypeOf<readonly number[]>();
          expectTypeOf(to.x).toEqualTypeOf<number>();
          expectTypeOf(note).toEqualTypeOf<string>();
          return state.runners.has(seat) || "you do not run";
        },
        apply(state, seat, { side, to }, { random }) {
          state.it = side;
          state.runners.set(seat, { ...to, tags: random.int(0, 1) });
        },
      },
    },
    bot(state, seat, { give, tick }) {
      if (tick % 2 === 0) give("press");
      give("send", { side: 1, units: [...state.runners.keys()], to: { x: seat, tags: 0 }, note: "" });
      return { dx: 0, fires: false };
    },
  });

const { input: _input, ...commandsOnly } = parts;
/** Nothing is what a bot without an input returns, in each way of writing that. */
const acceptedBots = () => [
  defineGame({
    ...commandsOnly,
    setup,
    step() {},
    commands: { press },
    bot: (_state, _seat, { give }) => give("press"),
  }),
  defineGame({
    ...commandsOnly,
    setup,
    step() {},
    commands: { press },
    bot(state, seat, { give }) {
      if (state.it !== seat) return;
      give("press");
    },
  }),
  defineGame({ ...commandsOnly, setup, step() {}, commands: { press }, bot: () => undefined }),
];

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
  expect(Object.keys(acceptedCommands().commands!)).toEqual(["press", "send"]);
  expect(acceptedBots().map(({ name }) => name)).toEqual(["types", "types", "types"]);
  expect([refused, refusedCommands].map((never) => typeof never)).toEqual(["function", "function"]);
});
