/** Angles turned the short way round, also across pi. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { angleDifference, approachAngle } from "../../../shared/engine/kit/angle.ts";
import { PI, TAU } from "../../../shared/engine/math/constants.ts";
import { cos, sin } from "../../../shared/engine/math/trigonometry.ts";

const angle = fc.double({ noNaN: true, min: -20, max: 20 });

it("the difference leads from one to the other, and is never more than half a turn", () => {
  fc.assert(
    fc.property(angle, angle, (from, to) => {
      const turn = angleDifference(from, to);
      expect(turn > -PI && turn <= PI).toBe(true);
      expect(sin(from + turn)).toBeCloseTo(sin(to), 12);
      expect(cos(from + turn)).toBeCloseTo(cos(to), 12);
    }),
  );
  expect(angleDifference(0.5, 0.25)).toBe(-0.25);
  expect(angleDifference(3, -3)).toBeCloseTo(TAU - 6, 15);
  expect(angleDifference(-3, 3)).toBeCloseTo(6 - TAU, 15);
  expect([angleDifference(0, PI), angleDifference(0, -PI), angleDifference(1, 1)]).toEqual([PI, PI, 0]);
});

it("turning arrives, the short way, in as many steps as it takes", () => {
  fc.assert(
    fc.property(angle, angle, fc.double({ noNaN: true, min: 0.01, max: 4 }), (from, target, step) => {
      const most = Math.ceil(Math.abs(angleDifference(from, target)) / step) + 1;
      let at = from;
      let steps = 0;
      for (; at !== target && steps <= most; steps++) at = approachAngle(at, target, step);
      expect(at === target).toBe(true);
      expect(steps).toBeLessThanOrEqual(most);
    }),
  );
  expect([approachAngle(0, 2, 0.5), approachAngle(0, -2, 0.5), approachAngle(1, 1.2, 0.5)]).toEqual([0.5, -0.5, 1.2]);
});
