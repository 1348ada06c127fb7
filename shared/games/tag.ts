/** Tag, the smallest complete game: "it" chases the others, and a touch passes "it" on. */
import { clamp, defineGame, type Plain, type Seat, schema, t, vec } from "../engine/index.ts";

export const TAG_FIELD = { width: 800, height: 500 } as const;
export const TAG_RUNNER_RADIUS = 16;

const SPEED = 10; // field units a tick
const IT_SPEED = 12; // a little faster, or nobody would ever be caught
const COUNT_TICKS = 20; // the new "it" counts for a second: time to get away, and no tagging straight back
const SCARE_DISTANCE = 220;

const Input = schema({ dx: t.int8<-1 | 0 | 1>(), dy: t.int8<-1 | 0 | 1>() }, "TagInput");
const Runner = schema({ x: t.int32(), y: t.int32(), tags: t.uint32() }, "TagRunner");
const State = schema({ runners: t.map(Runner), it: t.uint8(), chaseFrom: t.uint32() }, "TagState");

const inside = (value: number, size: number) => clamp(value, TAG_RUNNER_RADIUS, size - TAG_RUNNER_RADIUS);
const toward = (from: number, to: number) => (Math.abs(to - from) < SPEED ? 0 : from < to ? 1 : -1);
const makeIt = (state: Plain<typeof State>, seat: Seat, tick: number) => {
  state.it = seat;
  state.chaseFrom = tick + COUNT_TICKS;
};

export const tag = defineGame({
  name: "tag",
  tickRate: 20,
  seats: { min: 2, max: 8 },
  input: Input,
  state: State,

  setup: () => ({ runners: new Map(), it: 0, chaseFrom: 0 }),

  join(state, seat, { tick, random }) {
    if (state.runners.size === 0) makeIt(state, seat, tick);
    const x = inside(random.int(0, TAG_FIELD.width), TAG_FIELD.width);
    const y = inside(random.int(0, TAG_FIELD.height), TAG_FIELD.height);
    state.runners.set(seat, { x, y, tags: 0 });
  },

  leave(state, seat, { tick, random }) {
    state.runners.delete(seat);
    const others = [...state.runners.keys()];
    if (seat === state.it && others.length > 0) makeIt(state, random.pick(others), tick);
  },

  step(state, { tick, input }) {
    const chaser = state.runners.get(state.it);
    const isCounting = tick < state.chaseFrom;
    for (const [seat, runner] of state.runners) {
      if (runner === chaser && isCounting) continue;
      const { dx, dy } = input(seat); // Math.sign: an int8 could say 100, and a cheater would
      const speed = runner === chaser ? IT_SPEED : SPEED;
      runner.x = inside(runner.x + Math.sign(dx) * speed, TAG_FIELD.width);
      runner.y = inside(runner.y + Math.sign(dy) * speed, TAG_FIELD.height);
    }
    if (chaser === undefined || isCounting) return;
    for (const [seat, runner] of state.runners) {
      if (runner === chaser || vec.distance(runner, chaser) > 2 * TAG_RUNNER_RADIUS) continue;
      chaser.tags += 1;
      return makeIt(state, seat, tick);
    }
  },

  bot(state, seat, { random }) {
    const me = state.runners.get(seat);
    const it = state.runners.get(state.it);
    if (me === undefined || it === undefined) return { dx: 0, dy: 0 };
    if (random.chance(0.05)) return { dx: random.pick([-1, 0, 1]), dy: random.pick([-1, 0, 1]) }; // a stumble
    let goal = { x: TAG_FIELD.width / 2, y: TAG_FIELD.height / 2 }; // nobody near: away from the corners
    if (me === it) {
      let nearest = Number.POSITIVE_INFINITY;
      for (const [other, runner] of state.runners) {
        const distance = vec.distance(runner, me);
        if (other !== seat && distance < nearest) [nearest, goal] = [distance, runner];
      }
    } else if (vec.distance(it, me) < SCARE_DISTANCE) {
      goal = { x: 2 * me.x - it.x, y: 2 * me.y - it.y };
    }
    return { dx: toward(me.x, goal.x), dy: toward(me.y, goal.y) };
  },
});
