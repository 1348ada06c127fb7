/** A game with every kind of input field and of state, up to 64 seats: nothing to play, much to get wrong. */
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import type { Plain } from "../../../shared/engine/layout/plain.ts";
import { createFrame, type Frame } from "../../../shared/engine/sim/frame.ts";
import type { SeatInputs } from "../../../shared/engine/sim/seat-inputs.ts";

const Input = schema(
  { dx: t.int8(), aim: t.uint16(), reach: t.int32(), pull: t.float64(), fires: t.boolean() },
  "MixedInput",
);
const Body = schema({ x: t.int32(), pull: t.float64(), shots: t.uint32(), luck: t.uint32() }, "MixedBody");
const State = schema({ bodies: t.map(Body), trail: t.array("int32"), ticks: t.uint32() }, "MixedState");

const LONGEST_TRAIL = 40;

export type MixedInput = Plain<typeof Input>;
export type MixedSeats = SeatInputs<InstanceType<typeof Input>>;

/** Its world depends on every input field, the random stream, the order of joins and leaves, and the tick. */
export function mixedGame(seats: number, tickRate = 20) {
  return defineGame({
    name: "mixed",
    tickRate,
    seats: { min: 1, max: seats },
    input: Input,
    state: State,
    setup: () => ({ bodies: new Map(), trail: [], ticks: 0 }),
    join(state, seat, { random }) {
      state.bodies.set(seat, { x: random.int(-1000, 1000), pull: 0, shots: 0, luck: 0 });
      state.trail.push(seat);
    },
    leave(state, seat) {
      state.bodies.delete(seat);
      state.trail.push(-seat);
    },
    step(state, { tick, input, random }) {
      state.ticks = tick;
      for (const [seat, body] of state.bodies) {
        const wanted = input(seat);
        body.x = (body.x * 3 + wanted.dx + wanted.aim + wanted.reach) | 0;
        body.pull = wanted.pull;
        if (!wanted.fires) continue;
        body.shots++;
        body.luck = random.int(0, 0xffffffff);
        state.trail.push(body.x);
      }
      while (state.trail.length > LONGEST_TRAIL) state.trail.shift();
    },
    bot: (_state, seat, { random }) => ({
      dx: random.int(-1, 1),
      aim: seat,
      reach: 0,
      pull: 0,
      fires: random.chance(0.1),
    }),
  });
}

export type MixedGame = ReturnType<typeof mixedGame>;
export type MixedFrame = Frame<MixedInput>;

const PULLS = [0, -0, 0.1, -1e300, 5e-324, Number.POSITIVE_INFINITY];

/** Any input that fits the declared types, the ends of their ranges more often than chance would have it. */
export function anyMixedInput(random: WorldRandom): MixedInput {
  const input = {
    dx: random.pick([0, 0, 1, -1, -128, 127, random.int(-128, 127)]),
    aim: random.pick([0, 0, 65535, random.int(0, 65535)]),
    reach: random.pick([0, 0, -(2 ** 31), 2 ** 31 - 1, random.int(-(2 ** 31), 2 ** 31 - 1)]),
    pull: random.chance(0.5) ? random.pick(PULLS) : random.float() * 2 - 1,
    fires: random.chance(0.5),
  };
  inputCodecOf(Input).settle(input);
  return input;
}

export interface FrameWishes {
  /** Chance of each seat to leave, to be taken, and to want something else, in each tick. */
  readonly leave: number;
  readonly join: number;
  readonly change: number;
}

const LIVELY: FrameWishes = { leave: 0.1, join: 0.4, change: 0.5 };

/** A legal frame for this tick: held seats leave and perhaps are taken again at once, free ones are taken. */
export function anyFrame(
  game: MixedGame,
  before: MixedSeats,
  tick: number,
  random: WorldRandom,
  wishes = LIVELY,
): MixedFrame {
  const frame: MixedFrame = createFrame(game);
  frame.tick = tick;
  for (let seat = 0; seat < game.seats.max; seat++) {
    const leaves = before.isHeld(seat) && random.chance(wishes.leave);
    const joins = (leaves || !before.isHeld(seat)) && random.chance(wishes.join);
    if (leaves) frame.leaves.push(seat);
    if (joins) frame.joins.push(seat);
    frame.inputs[seat] = random.chance(wishes.change) ? anyMixedInput(random) : { ...before.input(seat) };
  }
  return frame;
}
