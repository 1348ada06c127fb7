/** Time in ticks: every rate a game may have, every whole number of ticks of a match. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { every, secondsToTicks, ticksSince, ticksUntil } from "../../../shared/engine/kit/ticks.ts";

describe("seconds to ticks", () => {
  it("is exact for every number of ticks, at every rate", () => {
    for (let rate = 1; rate <= 120; rate++) {
      for (let ticks = 0; ticks < 3000; ticks++) {
        if (secondsToTicks(ticks / rate, rate) !== ticks) throw new Error(`${ticks} ticks at ${rate}`);
      }
    }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 }), fc.integer({ min: 1, max: 120 }), (ticks, rate) => {
        expect(secondsToTicks(ticks / rate, rate)).toBe(ticks);
      }),
    );
  });

  it("takes decimals as they are written, and refuses thousandths that are no ticks", () => {
    for (let rate = 1; rate <= 120; rate++) {
      for (let thousandths = 0; thousandths <= 2000; thousandths++) {
        const seconds = Number(`${Math.floor(thousandths / 1000)}.${`${thousandths % 1000}`.padStart(3, "0")}`);
        if ((thousandths * rate) % 1000 === 0) {
          if (secondsToTicks(seconds, rate) !== (thousandths * rate) / 1000) throw new Error(`${seconds} at ${rate}`);
        } else if (!throws(() => secondsToTicks(seconds, rate))) throw new Error(`${seconds} at ${rate} was taken`);
      }
    }
  });

  it("says what to give instead", () => {
    expect(() => secondsToTicks(0.12, 20)).toThrow(
      "secondsToTicks(0.12, 20): 2.4 is no whole number of ticks; try 0.1 or 0.15 seconds",
    );
    for (const seconds of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => secondsToTicks(seconds, 20)).toThrow(RangeError);
  });
});

/** Without a stack, which costs more than all else here. */
const throws = (act: () => void): boolean => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    act();
    return false;
  } catch {
    return true;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

it("every is true once in each period, at its offset", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: -99, max: 99 }), (period, offset) => {
      const ticks = Array.from({ length: 3 * period }, (_, tick) => tick + 100);
      const due = ticks.filter((tick) => every(tick, period, offset));
      expect(due.length).toBe(3);
      expect(due.map((tick) => tick - due[0]!)).toEqual([0, period, 2 * period]);
      expect(Math.abs((due[0]! - offset) % period)).toBe(0);
    }),
  );
  expect([0, 5, 20, 25, 40].filter((tick) => every(tick, 20))).toEqual([0, 20, 40]);
  for (const [period, offset] of [[0], [-2], [1.5], [Number.NaN], [2, 0.5]] as const)
    expect(() => every(4, period as number, offset)).toThrow("give whole numbers, the period above 0");
});

it("a moment is a number of ticks away, never less than none", () => {
  expect([ticksSince(10, 4), ticksSince(4, 10), ticksUntil(4, 10), ticksUntil(10, 4)]).toEqual([6, 0, 6, 0]);
});
