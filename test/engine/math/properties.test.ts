/** Laws that the functions keep among themselves. */
import { expect, it } from "vitest";
import { atan, atan2 } from "../../../shared/engine/math/arctangent.ts";
import { PI, TAU } from "../../../shared/engine/math/constants.ts";
import { exp } from "../../../shared/engine/math/exponential.ts";
import { hypot } from "../../../shared/engine/math/hypotenuse.ts";
import { acos, asin } from "../../../shared/engine/math/inverse-trigonometry.ts";
import { log } from "../../../shared/engine/math/logarithm.ts";
import { pow } from "../../../shared/engine/math/power.ts";
import { cos, sin, tan } from "../../../shared/engine/math/trigonometry.ts";
import { seededInputs } from "./inputs.ts";

const COUNT = 5000;

it("sin and cos of any finite angle lie on the unit circle", () => {
  const inputs = seededInputs(11);
  for (let i = 0; i < COUNT; i++) {
    const x = inputs.anyDouble();
    const [s, c] = [sin(x), cos(x)];
    expect(Math.abs(s) <= 1 && Math.abs(c) <= 1, `angle ${x}`).toBe(true);
    expect(Math.abs(s * s + c * c - 1), `angle ${x}`).toBeLessThan(1e-15);
  }
});

it("sin, tan, asin and atan are odd and cos is even, to the bit", () => {
  const inputs = seededInputs(12);
  for (let i = 0; i < COUNT; i++) {
    const x = inputs.ofExponent(-20, 40);
    const fraction = inputs.between(-1, 1);
    expect(sin(-x)).toBe(-sin(x));
    expect(tan(-x)).toBe(-tan(x));
    expect(cos(-x)).toBe(cos(x));
    expect(atan(-x)).toBe(-atan(x));
    expect(asin(-fraction)).toBe(-asin(fraction));
  }
});

it("atan2 gives back the angle of a vector, in each quadrant", () => {
  const inputs = seededInputs(13);
  for (let i = 0; i < COUNT; i++) {
    const angle = inputs.between(-PI, PI);
    const length = Math.abs(inputs.ofExponent(-20, 20));
    const [x, y] = [length * cos(angle), length * sin(angle)];
    expect(Math.abs(atan2(y, x) - angle)).toBeLessThan(1e-15);
    expect(hypot(x, y) / length).toBeCloseTo(1, 14);
  }
  expect([atan2(1, 1), atan2(1, -1), atan2(-1, -1), atan2(-1, 1)]).toEqual([
    TAU / 8,
    3 * (TAU / 8),
    -3 * (TAU / 8),
    -TAU / 8,
  ]);
});

it("exp, log, atan, asin and -acos never fall where the argument clearly rises", () => {
  const inputs = seededInputs(14);
  for (let i = 0; i < COUNT; i++) {
    const x = Math.abs(inputs.ofExponent(-6, 6));
    const more = x * (1 + Math.abs(inputs.ofExponent(-48, -1)));
    expect(exp(more)).toBeGreaterThanOrEqual(exp(x));
    expect(log(more)).toBeGreaterThanOrEqual(log(x));
    expect(atan(more)).toBeGreaterThanOrEqual(atan(x));
    const [a, b] = [x / 128, Math.min(1, more / 128)];
    expect(asin(b)).toBeGreaterThanOrEqual(asin(a));
    expect(acos(b)).toBeLessThanOrEqual(acos(a));
  }
});

it("log undoes exp, a square root undoes a square, and pow with a whole exponent is repeated multiplication", () => {
  const inputs = seededInputs(15);
  for (let i = 0; i < COUNT; i++) {
    const x = inputs.between(-50, 50);
    expect(log(exp(x))).toBeCloseTo(x, 12);
    const base = inputs.whole(-40, 40);
    expect(pow(base, 3)).toBe(base * base * base);
    expect(pow(base, 2)).toBe(base * base);
    expect(pow(x * x, 0.5)).toBe(Math.abs(x));
  }
});
