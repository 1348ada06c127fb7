/** Special cases: zeros, infinities and NaN are ECMAScript's, bit for bit. */
import { expect, it } from "vitest";
import { atan, atan2 } from "../../../shared/engine/math/arctangent.ts";
import { PI, TAU } from "../../../shared/engine/math/constants.ts";
import { exp } from "../../../shared/engine/math/exponential.ts";
import { hypot } from "../../../shared/engine/math/hypotenuse.ts";
import { acos, asin } from "../../../shared/engine/math/inverse-trigonometry.ts";
import { log } from "../../../shared/engine/math/logarithm.ts";
import { pow } from "../../../shared/engine/math/power.ts";
import { cos, sin, tan } from "../../../shared/engine/math/trigonometry.ts";

const SPECIAL = [NaN, 0, -0, Infinity, -Infinity, 1, -1, Number.MIN_VALUE, -Number.MIN_VALUE];
/** Pairs meet whole, odd, even, fractional and huge exponents too. */
const PAIRED = [...SPECIAL, 0.5, -0.5, 2, -2, 3, -3, 2 ** 53, -(2 ** 53), 2 ** 53 - 1, 1e300, -1e300];

const unary: [string, (x: number) => number, (x: number) => number][] = [
  ["sin", sin, Math.sin],
  ["cos", cos, Math.cos],
  ["tan", tan, Math.tan],
  ["asin", asin, Math.asin],
  ["acos", acos, Math.acos],
  ["atan", atan, Math.atan],
  ["exp", exp, Math.exp],
  ["log", log, Math.log],
];

/** At these the result is a plain number that engines round differently; the error-bound tests cover them. */
const isRounded = (name: string, x: number): boolean =>
  (Math.abs(x) === 1 && (name === "sin" || name === "cos" || name === "tan" || (name === "exp" && x < 0))) ||
  (x === Number.MIN_VALUE && name === "log");

it.each(unary)("%s treats NaN, zeros, infinities, ones and the smallest doubles as Math does", (name, ours, theirs) => {
  for (const x of SPECIAL) if (!isRounded(name, x)) expect(ours(x), `${name}(${x})`).toBe(theirs(x));
});

it("atan2 agrees with Math.atan2 on every pair of special values", () => {
  const values = [...SPECIAL, 2, -2];
  for (const y of values) {
    for (const x of values) {
      const isPlain = Math.abs(y) + Math.abs(x) === 3; // (1, 2): covered by the error bound
      if (!isPlain) expect(atan2(y, x), `atan2(${y}, ${x})`).toBe(Math.atan2(y, x));
    }
  }
});

it("pow agrees with Math.pow on every pair of special values", () => {
  for (const base of PAIRED) {
    for (const exponent of PAIRED) {
      const theirs = base ** exponent;
      // Any other result is a plain number that engines round differently; the error-bound tests cover it.
      const isSpecial = !Number.isFinite(theirs) || theirs === 0 || Math.abs(theirs) === 1 || exponent === 1;
      if (isSpecial) expect(pow(base, exponent), `pow(${base}, ${exponent})`).toBe(theirs);
    }
  }
});

it("hypot agrees with Math.hypot on every pair and triple of special values", () => {
  const values = SPECIAL.filter((x) => Math.abs(x) !== 1);
  for (const x of values) {
    for (const y of values) {
      expect(hypot(x, y), `hypot(${x}, ${y})`).toBe(Math.hypot(x, y));
      for (const z of values) expect(hypot(x, y, z), `hypot(${x}, ${y}, ${z})`).toBe(Math.hypot(x, y, z));
    }
  }
});

it("exact results are exact", () => {
  expect(hypot(3, 4)).toBe(5);
  expect(hypot(2, 3, 6)).toBe(7);
  expect(hypot(3e300, 4e300)).toBe(5e300);
  expect(hypot(3 * Number.MIN_VALUE, 4 * Number.MIN_VALUE)).toBe(5 * Number.MIN_VALUE);
  expect(hypot(1e308, 1e308, 1e308)).toBeLessThan(Infinity);
  expect(hypot(1.7e308, 1.7e308)).toBe(Infinity);
  expect(exp(1)).toBe(Math.E);
  expect(log(Math.E)).toBe(1);
  for (let power = -1074; power < 1024; power++) expect(pow(2, power)).toBe(2 ** power);
  for (let power = 0; power <= 22; power++) expect(pow(10, power)).toBe(Number(`1e${power}`));
});

it("the constants are the doubles nearest to pi and two pi", () => {
  expect(PI).toBe(Math.PI);
  expect(TAU).toBe(2 * Math.PI);
});

it("exp and pow overflow and underflow at the last possible argument", () => {
  expect(exp(709.782712893384)).toBeLessThan(Infinity);
  expect(exp(709.7827128933841)).toBe(Infinity);
  expect(exp(-745.1332191019411)).toBe(Number.MIN_VALUE);
  expect(exp(-745.1332191019412)).toBe(0);
  expect(pow(2, 1023.9999999999999)).toBeLessThan(Infinity);
  expect(pow(2, 1024)).toBe(Infinity);
  expect(pow(-2, 1025)).toBe(-Infinity);
  expect(pow(-2, -1075)).toBe(-0);
});
