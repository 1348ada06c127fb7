/** The grid answers what looking at everything would answer, whatever its cells, and from any order of things. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Grid } from "../../../shared/engine/kit/grid.ts";

// Quarters, so that distances are exact and a thing right at the edge is found by both.
const place = fc.integer({ min: -4000, max: 4000 }).map((quarters) => quarters / 4);
const things = fc.uniqueArray(fc.tuple(fc.integer(), fc.record({ x: place, y: place })), {
  selector: ([id]) => id,
  maxLength: 200,
});
const reach = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 3000 }));
const cell = fc.constantFrom(0.5, 1, 7, 64, 1000, 1e9);

function nearOf(all: readonly (readonly [number, { x: number; y: number }])[], x: number, y: number, far: number) {
  return all
    .filter(([, at]) => (at.x - x) ** 2 + (at.y - y) ** 2 <= far * far)
    .map(([id]) => id)
    .sort((a, b) => a - b);
}

it("finds exactly what is within reach, by ascending id", () => {
  fc.assert(
    fc.property(things, place, place, reach, cell, (all, x, y, far, size) => {
      const grid = new Grid(size);
      grid.rebuild(all);
      expect(grid.near(x, y, far)).toEqual(nearOf(all, x, y, far));
      const [first] = all;
      if (first !== undefined) expect(grid.near(first[1].x, first[1].y, 0)).toContain(first[0]);
    }),
    { numRuns: 1000 },
  );
});

it("used again and again answers like a new one, from any order of things", () => {
  const grid = new Grid(50);
  const found: number[] = [];
  fc.assert(
    fc.property(things, place, place, reach, (all, x, y, far) => {
      grid.rebuild(new Map([...all].reverse()));
      expect(grid.near(x, y, far, found)).toBe(found);
      expect(found).toEqual(nearOf(all, x, y, far));
    }),
    { numRuns: 500 },
  );
});

describe("a crowd", () => {
  it("on one spot is found whole and once", () => {
    const grid = new Grid(10);
    grid.rebuild(Array.from({ length: 1000 }, () => ({ x: 5, y: -5 })).entries());
    expect(grid.near(5, -5, 3)).toEqual([...Array(1000).keys()]);
    grid.rebuild([]);
    expect(grid.near(5, -5, 3)).toEqual([]);
  });

  it("in cells that share a bucket is found once", () => {
    const grid = new Grid(1);
    const all = Array.from({ length: 4000 }, (_, i) => [i, { x: i % 64, y: Math.floor(i / 64) }] as const);
    grid.rebuild(all);
    expect(grid.near(30, 30, 25)).toEqual(nearOf(all, 30, 30, 25));
  });
});

it("ends, whatever it is asked", () => {
  const grid = new Grid(1);
  grid.rebuild([[1, { x: 2 ** 31, y: 0 }]]);
  expect(grid.near(0, 0, Number.POSITIVE_INFINITY)).toEqual([1]);
  expect(grid.near(2 ** 31, 0, 0)).toEqual([1]);
  expect(grid.near(1e300, 0, 1)).toEqual([]);
  expect(grid.near(Number.NaN, 0, 1)).toEqual([]);
});

it("refuses what is nowhere, and cells without a size", () => {
  const grid = new Grid(2);
  for (const x of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32 + 2])
    expect(() => grid.rebuild([[7, { x, y: 0 }]])).toThrow(`grid.rebuild: 7 stands at (${x}, 0)`);
  for (const size of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => new Grid(size)).toThrow(RangeError);
});
