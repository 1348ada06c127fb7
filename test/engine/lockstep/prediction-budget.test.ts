/** The prediction budget: a window by what steps cost (R8): whole for light games, lower for heavy ones, and never to and fro. */
import { beforeEach, describe, expect, it } from "vitest";
import { createStats, type LockstepStats } from "../../../shared/engine/lockstep/lockstep-stats.ts";
import { PredictionBudget } from "../../../shared/engine/lockstep/prediction-budget.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/lockstep/prediction-budget.test.ts";
const TICK_RATE = 20;
const WHOLE = TICK_RATE;
/** Milliseconds in which all that is predicted is to be made again. */
const BUDGET = 12;
const LEAST = 2;

let stats: LockstepStats;
let budget: PredictionBudget;
let now: number;
beforeEach(() => {
  now = 0;
  begin(TICK_RATE);
});

function begin(tickRate: number): void {
  stats = createStats();
  budget = new PredictionBudget(tickRate, stats);
  budget.update(now, 0);
}

/** The windows after each of so many seconds, in which 20 steps cost that much. */
function seconds(count: number, costOf: (second: number) => number, ahead = WHOLE): number[] {
  return Array.from({ length: count }, (_, second) => {
    for (let tick = 0; tick < TICK_RATE; tick++) {
      budget.spent(costOf(second), 1);
      now += 1000 / TICK_RATE;
      budget.update(now, Math.min(ahead, budget.ticks));
    }
    return budget.ticks;
  });
}

const settled = (stepMs: number): number => seconds(40, () => stepMs).at(-1)!;

it.each([0, 0.02, 0.3, BUDGET / WHOLE])("is a second long for a game whose step takes %s ms", (stepMs) => {
  expect(new Set(seconds(60, () => stepMs))).toEqual(new Set([WHOLE]));
  expect([budget.isLowered, stats.predictionWindow]).toEqual([false, WHOLE]);
});

it.each([
  [0.7, 17],
  [1, 12],
  [1.5, 8],
  [3, 4],
  [5, LEAST],
  [50, LEAST],
])("of a game whose step takes %s ms comes down to %i ticks", (stepMs, ticks) => {
  expect(settled(stepMs)).toBe(ticks);
  expect(budget.isLowered).toBe(true);
  expect(stats.stepMs).toBeCloseTo(stepMs, 9);
});

it("is not longer than a second's ticks where a game has few of them", () => {
  begin(1);
  for (let tick = 0; tick < 100; tick++) {
    budget.spent(500, 1);
    now += 1000;
    budget.update(now, 1);
  }
  expect([budget.ticks, budget.isLowered]).toEqual([1, false]);
});

it("comes down at once to what is predicted anyway, and from there by a tick a second", () => {
  expect(seconds(9, () => 3, 6)).toEqual([WHOLE, WHOLE, 6, 5, 4, 4, 4, 4, 4]);
});

it("grows by a tick a second when steps have become cheap, and is whole again", () => {
  settled(3);
  const grown = seconds(25, () => 0.1);
  expect(grown.slice(0, 2), "what was measured before counts for a while").toEqual([4, 4]);
  expect(grown.slice(2, 8)).toEqual([5, 6, 7, 8, 9, 10]);
  expect([grown.at(-1), budget.isLowered]).toEqual([WHOLE, false]);
});

it("moves one way only while costs lie within a quarter of each other", () => {
  everySeed(FILE, (random) => {
    begin(TICK_RATE);
    const least = 0.8 + 4 * random.float();
    settled(least * 1.25);
    const [first] = seconds(1, () => least * 1.25);
    const later = seconds(120, () => least * (1 + 0.25 * random.float()));
    expect(new Set(later), `from ${least} ms`).toEqual(new Set([first]));
  });
});

it("is not moved by a second in which the machine did something else", () => {
  expect(new Set(seconds(60, (second) => (second % 5 === 2 ? 40 : 0.2)))).toEqual(new Set([WHOLE]));
});

describe("a clock of whole milliseconds", () => {
  it("tells a step of half of one from one of two", () => {
    everySeed(FILE, (random) => {
      begin(TICK_RATE);
      const coarse = (ms: number) => () => Math.floor(ms) + (random.float() < ms % 1 ? 1 : 0);
      expect(seconds(40, coarse(0.3)).at(-1), "0.3 ms").toBeGreaterThan(14);
      const heavy = seconds(40, coarse(2.5)).at(-1)!;
      expect(heavy >= 3 && heavy <= 6, `2.5 ms: ${heavy}`).toBe(true);
    });
  });
});

it("counts steps that were made again together as what they are: many", () => {
  for (let i = 0; i < 200; i++) {
    budget.spent(8, 8);
    now += 100;
    budget.update(now, WHOLE);
  }
  expect([budget.ticks, stats.stepMs]).toEqual([12, 1]);
});

it("waits for steps where hardly any are made: in a pause nothing is learnt", () => {
  settled(3);
  for (let i = 0; i < 600; i++) {
    if (i % 100 === 0) budget.spent(50, 1);
    now += 100;
    budget.update(now, 0);
  }
  expect(budget.ticks).toBe(4);
});
