/** The path grid gives what a plain search gives, whatever it remembers, and ways that can be walked. */
import { describe, expect, it } from "vitest";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { PathGrid } from "../../../shared/engine/kit/path.ts";
import { type Plan, waysTo } from "./plain-ways.ts";

function randomPlan(random: WorldRandom): Plan {
  const columns = random.int(1, 14);
  const rows = random.int(1, 14);
  const share = random.pick([0, 0.1, 0.3, 0.5, 1]);
  const blocked = Array.from({ length: columns * rows }, () => random.chance(share));
  return { columns, rows, blocked };
}

const cellsOf = ({ blocked }: Plan): number[] => [...blocked.keys()].filter((cell) => blocked[cell]);

function expectWays(paths: PathGrid, plan: Plan, goal: number): void {
  const ways = waysTo(plan, goal);
  const cells = [...plan.blocked.keys()];
  expect(cells.map((cell) => paths.length(cell, goal))).toEqual(ways.map(({ length }) => length));
  expect(cells.map((cell) => paths.stepFrom(cell, goal))).toEqual(ways.map(({ step }) => step));
}

it("answers like a plain search, on 1,000 random plans", () => {
  for (let seed = 0; seed < 1000; seed++) {
    const random = new WorldRandom(seed);
    const plan = randomPlan(random);
    const paths = new PathGrid({ columns: plan.columns, rows: plan.rows });
    paths.rebuild(cellsOf(plan));
    for (let i = 0; i < 3; i++) expectWays(paths, plan, random.int(0, plan.blocked.length - 1));
  }
});

it("used for many plans and goals, with room for three fields, answers like a new one", () => {
  const random = new WorldRandom(1);
  const fixed = [3, 17, 18, 40];
  const paths = new PathGrid({ columns: 8, rows: 6, blocked: fixed, fields: 3 });
  const plans = Array.from({ length: 300 }, () => {
    const cells = Array.from({ length: random.int(0, 12) }, () => random.int(0, 47));
    return { cells, blocked: Array.from({ length: 48 }, (_, cell) => fixed.includes(cell) || cells.includes(cell)) };
  });
  for (let i = 0; i < 1500; i++) {
    const { cells, blocked } = plans[random.int(0, i % 2 === 0 ? 2 : plans.length - 1)]!;
    paths.rebuild(cells);
    expect(paths.isOpen(i % 48)).toBe(!blocked[i % 48]);
    for (let j = 0; j < 4; j++) expectWays(paths, { columns: 8, rows: 6, blocked }, random.int(0, 47));
  }
});

it("leads around a wall, never across its corner, and ends at the goal", () => {
  // . . . .
  // . # # .
  // . . # g
  const paths = new PathGrid({ columns: 4, rows: 3, blocked: [5, 6, 10] });
  const way = [9];
  while (way.at(-1) !== 11) way.push(paths.stepFrom(way.at(-1)!, 11));
  expect(way).toEqual([9, 8, 4, 0, 1, 2, 3, 7, 11]);
  expect(paths.length(9, 11)).toBe(8 * 5);
  expect(paths.stepFrom(11, 11)).toBe(11);
});

it("ends a way to a building on any side of it, and leads out who stands in it", () => {
  const building = [6, 7, 8, 11, 12, 13, 16, 17, 18];
  const paths = new PathGrid({ columns: 5, rows: 5, blocked: building });
  expect([0, 2, 14, 22].map((cell) => paths.length(cell, 12))).toEqual([0, 0, 0, 0]);
  expect(paths.stepFrom(12, 12)).toBe(13);
  expect(paths.stepFrom(13, 12)).toBe(14);
});

describe("a wrong number", () => {
  it("is refused by its value", () => {
    expect(() => new PathGrid({ columns: 0, rows: 5 })).toThrow("0 x 5");
    expect(() => new PathGrid({ columns: 257, rows: 256 })).toThrow("257 x 256");
    expect(() => new PathGrid({ columns: 2, rows: 2, blocked: [4] })).toThrow("4 is no cell; there are 0 to 3");
    const paths = new PathGrid({ columns: 2, rows: 2 });
    expect(() => paths.rebuild([1.5])).toThrow("1.5 is no cell");
    expect(() => paths.stepFrom(-1, 0)).toThrow("-1 is no cell");
    expect(() => paths.length(0, Number.NaN)).toThrow("NaN is no cell");
    expect(() => paths.isOpen(9)).toThrow("9 is no cell");
  });

  it("in rebuild leaves what was blocked before", () => {
    const paths = new PathGrid({ columns: 3, rows: 1 });
    paths.rebuild([1]);
    expect(() => paths.rebuild([0, 7])).toThrow("7 is no cell");
    expect([0, 1, 2].map((cell) => paths.isOpen(cell))).toEqual([true, false, true]);
    expect(paths.length(0, 2)).toBe(Infinity);
  });
});
