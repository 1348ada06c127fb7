/** Sorting: against a sort that compares every pair, stable, and loud about keys that have no order. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { sortBy } from "../../../shared/engine/kit/sort-by.ts";

const item = fc.record({
  score: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(-0, Number.NEGATIVE_INFINITY, 0.5)),
  name: fc.string({ unit: fc.constantFrom("a", "B", "é", "z", "𝒳", "\uffff"), maxLength: 3 }),
});

/** By UTF-16 code unit, spelled out. */
function compareText(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return a.charCodeAt(i) - b.charCodeAt(i);
  }
  return a.length - b.length;
}

it("sorts by each key in turn, keeps equals in order, in place", () => {
  fc.assert(
    fc.property(fc.array(item), (items) => {
      const rows = items.map((row, place) => ({ ...row, place }));
      const sorted = [...rows];
      expect(
        sortBy(
          sorted,
          (row) => -row.score,
          (row) => row.name,
        ),
      ).toBe(sorted);
      expect(new Set(sorted)).toEqual(new Set(rows));
      for (let i = 1; i < sorted.length; i++) {
        const [a, b] = [sorted[i - 1]!, sorted[i]!];
        const order = (b.score === a.score ? 0 : b.score - a.score) || compareText(a.name, b.name) || a.place - b.place;
        expect(order).toBeLessThan(0);
      }
    }),
    { numRuns: 500 },
  );
});

it("gives the same order from any order before, when the last key is one that no two share", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...Array(30).keys()], { minLength: 30 }), (ids) => {
      const sorted = sortBy(
        ids,
        (id) => id % 3,
        (id) => id,
      );
      expect(sorted).toEqual([...Array(30).keys()].sort((a, b) => (a % 3) - (b % 3) || a - b));
    }),
  );
});

it("refuses keys without an order, names them, and leaves the list as it was", () => {
  const list = [{ at: 1 }, { at: 0 }, { at: Number.NaN }];
  expect(() =>
    sortBy(
      list,
      () => 0,
      (row) => row.at,
    ),
  ).toThrow("sortBy: key 1 of item 2 is NaN");
  expect(list.map((row) => row.at)).toEqual([1, 0, Number.NaN]);
  expect(() => sortBy([1, "1"], (value) => value)).toThrow("sortBy: key 0 of item 1 is a string; give only numbers");
  expect(() => sortBy([undefined], (value) => value as never)).toThrow("key 0 of item 0 is a undefined");
});

it("takes empty lists and no keys", () => {
  expect(sortBy([], (value) => value)).toEqual([]);
  expect(sortBy([3, 1, 2])).toEqual([3, 1, 2]);
});
