/** One number kept, moved or wrapped: the laws, at the edges too. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { approach, clamp, lerp, wrap } from "../../../shared/engine/kit/scalar.ts";

const number = fc.double({ noNaN: true, min: -1e9, max: 1e9 });
/** Differences of quarters are exact, so that "at most one step away" means one thing. */
const quarter = fc.integer({ min: -4000, max: 4000 }).map((quarters) => quarters / 4);
const size = fc.double({ noNaN: true, min: 1e-9, max: 1e9 });

it("clamp keeps between the ends, and what is between", () => {
  fc.assert(
    fc.property(number, number, number, (value, a, b) => {
      const [min, max] = [Math.min(a, b), Math.max(a, b)];
      const clamped = clamp(value, min, max);
      expect(clamped >= min && clamped <= max).toBe(true);
      if (value >= min && value <= max) expect(clamped === value).toBe(true);
    }),
  );
  expect([clamp(12, 0, 10), clamp(-1, 0, 10), clamp(5, 0, 10), clamp(5, 10, 0)]).toEqual([10, 0, 5, 10]);
});

it("lerp hits both ends exactly and is between them in between", () => {
  fc.assert(
    fc.property(number, number, fc.double({ noNaN: true, min: 0, max: 1 }), (from, to, share) => {
      expect(lerp(from, to, 0) === from && lerp(from, to, 1) === to).toBe(true);
      expect(lerp(from, from, share) === from).toBe(true);
      const slack = 1e-6;
      expect(lerp(from, to, share)).toBeGreaterThanOrEqual(Math.min(from, to) - slack);
      expect(lerp(from, to, share)).toBeLessThanOrEqual(Math.max(from, to) + slack);
    }),
  );
  expect([lerp(10, 20, 0.25), lerp(10, 20, 2), lerp(10, 20, -1)]).toEqual([12.5, 30, 0]);
});

it("approach never passes its target, and gets there", () => {
  fc.assert(
    fc.property(quarter, quarter, quarter.map(Math.abs), (value, target, step) => {
      const next = approach(value, target, step);
      if (Math.abs(target - value) <= step) expect(next === target).toBe(true);
      expect(Math.abs(target - next)).toBeLessThanOrEqual(Math.abs(target - value));
      expect(Math.sign(target - next) * Math.sign(target - value)).toBeGreaterThanOrEqual(0);
    }),
  );
  expect([approach(3, 10, 5), approach(8, 10, 5), approach(10, 3, 5), approach(4, 4, 5)]).toEqual([8, 10, 5, 4]);
});

it("wrap lands on the ring, never on its end, and is whole for whole numbers", () => {
  fc.assert(
    fc.property(number, size, (value, ring) => {
      const wrapped = wrap(value, ring);
      expect(wrapped >= 0 && wrapped < ring && !Object.is(wrapped, -0)).toBe(true);
    }),
  );
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1e6 }), (value, ring) => {
      expect(wrap(value, ring)).toBe(Number(((BigInt(value) % BigInt(ring)) + BigInt(ring)) % BigInt(ring)));
    }),
  );
  expect([wrap(-1, 10), wrap(10, 10), wrap(-10, 10), wrap(-1e-20, 10)]).toEqual([9, 0, 0, 0]);
});
