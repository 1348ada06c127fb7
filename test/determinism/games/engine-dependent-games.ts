/**
 * Broken games and a function, on purpose: they differ on every engine. The comparison must name each. The comparison
 * must name each.
 */
import { defineGame, schema, t } from "../../../shared/engine/index.ts";
import type { Golden } from "../../engine/math/golden-results.ts";

const Input = schema({ dx: t.int8<-1 | 0 | 1>() }, "DependentInput");
const Walker = schema({ x: t.int32(), angle: t.float64() }, "DependentWalker");
const State = schema({ walkers: t.map(Walker), order: t.array("int32"), ticks: t.uint32() }, "DependentState");

type World = {
  walkers: Map<number, { x: number; angle: number }>;
  order: number[];
  ticks: number;
};

const parts = {
  tickRate: 20,
  seats: { min: 1, max: 4 },
  input: Input,
  state: State,
  setup: (): World => ({ walkers: new Map(), order: [], ticks: 0 }),
  join: (state: World, seat: number) => void state.walkers.set(seat, { x: 0, angle: 0 }),
  leave: (state: World, seat: number) => void state.walkers.delete(seat),
  bot: () => ({ dx: 1 }) as const,
};

const bySine = defineGame({
  ...parts,
  name: "by-sine",
  step(state, { tick, input }) {
    state.ticks++;
    for (const [seat, walker] of state.walkers) {
      walker.x += input(seat).dx;
      if (seat === 2) walker.angle = Math.sin(tick / 7.3);
    }
  },
});

/** A comparator that answers true or false is none: each engine's sort makes something else of it. */
const byBooleanSort = defineGame({
  ...parts,
  name: "by-boolean-sort",
  step(state, { tick }) {
    state.ticks++;
    if (tick < 5) state.order.push((tick * 7) % 5);
    if (tick !== 5) return;
    const isMore = (a: number, b: number): boolean => a > b;
    state.order = [...state.order, 9, 4, 6, 1, 8, 2].sort(isMore as never);
  },
});

/** Only some engines come with tables of how people write numbers. */
const byLocale = defineGame({
  ...parts,
  name: "by-locale",
  step(state, { tick }) {
    state.ticks++;
    if (tick === 3 && (1234567.5).toLocaleString("en").length < 11) throw new Error("no locale here");
  },
});

const inSetup = defineGame({
  ...parts,
  name: "in-setup",
  setup: (): World => ({ ...parts.setup(), walkers: new Map([[0, { x: 0, angle: Math.sin(36 / 7.3) }]]) }),
  step: (state) => void state.ticks++,
});

export const games = [bySine, byBooleanSort, byLocale, inSetup];

export const GOLDEN: readonly Golden[] = [
  { name: "sine", hash: 0, of: Math.sin, input: (inputs) => [inputs.between(-400, 400)] },
];
