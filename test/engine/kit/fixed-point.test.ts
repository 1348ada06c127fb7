/** Fixed point against whole numbers of any size: exact where it says exact, an error where 32 bits end. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FixedPoint } from "../../../shared/engine/kit/fixed-point.ts";

const UNITS = [1, 2, 10, 256, 1000, 4096, 65535, 65536] as const;
const MOST = 2 ** 31 - 1;
const one = fc.constantFrom(...UNITS);
/** Sizes of all magnitudes, so that results fit about as often as not. */
const int = fc.oneof(
  fc.integer({ min: -MOST, max: MOST }),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.integer({ min: -20, max: 20 }),
  fc.constantFrom(MOST, -MOST, 1, -1, 0),
);
const runs = { numRuns: 5000 };

/** What an exact result should come to: itself, or an error outside of 32 bits. */
function expectExact(act: () => number, exact: bigint): void {
  if (exact > BigInt(MOST) || exact < -BigInt(MOST)) expect(act).toThrow(/^fixed\..*does not fit into 32 bits$/);
  else expect(Object.is(act(), Number(exact))).toBe(true);
}

describe.each(["mul", "div"] as const)("%s", (name) => {
  it("is the exact result cut off toward zero, or refused", () => {
    fc.assert(
      fc.property(one, int, int, (units, a, b) => {
        const fixed = new FixedPoint(units);
        if (name === "mul") expectExact(() => fixed.mul(a, b), (BigInt(a) * BigInt(b)) / BigInt(units));
        else if (b === 0) expect(() => fixed.div(a, b)).toThrow("does not fit into 32 bits");
        else expectExact(() => fixed.div(a, b), (BigInt(a) * BigInt(units)) / BigInt(b));
      }),
      runs,
    );
  });
});

it("div undoes a product of whole numbers", () => {
  fc.assert(
    fc.property(one, fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 30_000 }), (units, a, b) => {
      expect(new FixedPoint(units).div(a * b, b) === a * units).toBe(true);
    }),
    runs,
  );
});

it("mul and div are exact right at the ends of their range", () => {
  const whole = new FixedPoint(1);
  for (const sign of [1, -1]) {
    expect(() => whole.mul(sign * 65536, 32768)).toThrow("does not fit into 32 bits");
    expect(new FixedPoint(2).mul(sign * 65535, 65537), "half a unit less").toBe(sign * MOST);
  }
  for (const units of UNITS) {
    const fixed = new FixedPoint(units);
    for (let i = -50; i <= 50; i++) {
      const a = 46341 * 256 + i;
      const b = Math.floor((MOST * units) / a) + (i % 3);
      if (b > MOST) continue;
      expectExact(() => fixed.mul(a, b), (BigInt(a) * BigInt(b)) / BigInt(units));
      expectExact(
        () => fixed.div(MOST + Math.min(0, i), 1 + Math.abs(i)),
        (BigInt(MOST + Math.min(0, i)) * BigInt(units)) / BigInt(1 + Math.abs(i)),
      );
    }
  }
});

it("sqrt is the exact root cut off, also beside squares; of a negative number it is refused", () => {
  fc.assert(
    fc.property(one, int.map(Math.abs), fc.integer({ min: -1, max: 1 }), (units, a, beside) => {
      const square = Math.floor((a % 46340) ** 2 / units) + beside;
      for (const value of [a, Math.max(0, square)]) {
        const root = BigInt(new FixedPoint(units).sqrt(value));
        const target = BigInt(value) * BigInt(units);
        expect(root * root <= target && (root + 1n) * (root + 1n) > target).toBe(true);
      }
    }),
    runs,
  );
  expect(() => new FixedPoint(256).sqrt(-1)).toThrow("fixed.sqrt(-1): NaN does not fit into 32 bits");
});

it("length is within half a unit of the exact one, whatever the squares come to, or refused", () => {
  fc.assert(
    fc.property(int, int, (x, y) => {
      const square = BigInt(x) * BigInt(x) + BigInt(y) * BigInt(y);
      if (square >= (BigInt(MOST) - 1n) ** 2n) return;
      const length = BigInt(new FixedPoint(256).length(x, y));
      // (2 length - 1)^2 <= 4 square <= (2 length + 1)^2, give or take what 2^-21 of a unit makes.
      const slack = 4n * (length >> 20n) + 4n;
      expect((2n * length - 1n) ** 2n <= 4n * square + slack && 4n * square <= (2n * length + 1n) ** 2n + slack).toBe(
        true,
      );
    }),
    runs,
  );
  expect(() => new FixedPoint(256).length(MOST, MOST)).toThrow("does not fit into 32 bits");
});

it("of and toNumber are inverse, halves go away from zero, and what does not fit is refused", () => {
  fc.assert(
    fc.property(one, int, (units, a) => {
      const fixed = new FixedPoint(units);
      if (Math.abs(a) < MOST - 1) expect(fixed.of(fixed.toNumber(a)) === a).toBe(true);
    }),
    runs,
  );
  const fixed = new FixedPoint(256);
  expect([fixed.of(1.5), fixed.of(-1.5), fixed.of(0.5 / 256), fixed.of(-0.5 / 256)]).toEqual([384, -384, 1, -1]);
  expect(Object.is(fixed.of(-0.0001), 0)).toBe(true);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 8388608])
    expect(() => fixed.of(value)).toThrow(RangeError);
});

describe("angles in turns", () => {
  it("sin and cos are within half a unit of the real ones, odd and even, on every angle", () => {
    for (const units of UNITS) {
      const fixed = new FixedPoint(units);
      for (let angle = 0; angle < units; angle++) {
        const exact = Math.sin((angle / units) * 2 * Math.PI) * units;
        if (!(Math.abs(fixed.sin(angle) - exact) <= 0.5 + 1e-9)) throw new Error(`sin ${angle} of ${units}`);
        if (fixed.sin(-angle) + fixed.sin(angle) !== 0) throw new Error(`sin -${angle} of ${units}`);
        if (fixed.cos(-angle) !== fixed.cos(angle)) throw new Error(`cos -${angle} of ${units}`);
        if (fixed.sin(angle + 5 * units) !== fixed.sin(angle)) throw new Error(`sin ${angle} + 5 turns of ${units}`);
      }
    }
  });

  it("are exact at quarter turns", () => {
    const fixed = new FixedPoint(256);
    expect([0, 64, 128, 192, 256, -64].map((angle) => fixed.sin(angle))).toEqual([0, 256, 0, -256, 0, -256]);
    expect([0, 64, 128, 192, 256, -64].map((angle) => fixed.cos(angle))).toEqual([256, 0, -256, 0, 256, 0]);
  });

  it("atan2 gives back every angle", () => {
    for (const units of [8, 256, 1000, 65536]) {
      const fixed = new FixedPoint(units);
      const fine = new FixedPoint(65536);
      for (let angle = 0; angle < units; angle += units > 1000 ? 7 : 1) {
        const turn = (angle * 65536) / units;
        const got = fixed.atan2(fine.sin(turn) * 1000, fine.cos(turn) * 1000);
        if (got !== angle) throw new Error(`angle ${angle} of ${units} came back as ${got}`);
      }
    }
    expect(new FixedPoint(256).atan2(-1, 1e6), "just below a whole turn").toBe(0);
  });
});

it.each([0, -1, 1.5, 65537, Number.NaN])("%d units to one are refused", (units) => {
  expect(() => new FixedPoint(units)).toThrow(`new FixedPoint(${units}): give the units that make 1`);
});
