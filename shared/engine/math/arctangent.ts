/** Arc tangent of a slope, and of a vector, in radians. */
import { PI } from "./constants.ts";

const PI_TAIL = 1.2246467991473532e-16;
const PI_2 = 1.5707963267948966;
const PI_2_TAIL = 6.123233995736766e-17;
/** atan of 1/2, 1 and 3/2, each as head and tail. */
const ATAN_HALF = 0.4636476090008061;
const ATAN_HALF_TAIL = 2.2698777452961687e-17;
const ATAN_ONE = 0.7853981633974483;
const ATAN_ONE_TAIL = 3.061616997868383e-17;
const ATAN_3_HALVES = 0.982793723247329;
const ATAN_3_HALVES_TAIL = 1.3903311031230998e-17;

const A0 = 0.3333333333333293;
const A1 = -0.19999999999876483;
const A2 = 0.14285714272503466;
const A3 = -0.11111110405462356;
const A4 = 0.09090887133436507;
const A5 = -0.0769187620504483;
const A6 = 0.06661073137387531;
const A7 = -0.058335701337905735;
const A8 = 0.049768779946159324;
const A9 = -0.036531572744216916;
const A10 = 0.016285820115365782;

/** 2^-29: below it atan x rounds to x. */
const TINY = 1.862645149230957e-9;
/** 2^66 and 2^60: beyond them the other term cannot change the result. */
const HUGE_SLOPE = 7.378697629483821e19;
const HUGE_RATIO = 1.152921504606847e18;

/** x - atan(x) for |x| <= 7/16. */
function deficit(x: number): number {
  const z = x * x;
  const w = z * z;
  const odd = z * (A0 + w * (A2 + w * (A4 + w * (A6 + w * (A8 + w * A10)))));
  const even = w * (A1 + w * (A3 + w * (A5 + w * (A7 + w * A9))));
  return x * (odd + even);
}

/** atan of a slope that is not negative. */
function atanOfSize(size: number): number {
  if (size < 0.4375) return size < TINY ? size : size - deficit(size);
  if (size < 0.6875) {
    const x = (2 * size - 1) / (2 + size);
    return ATAN_HALF - (deficit(x) - ATAN_HALF_TAIL - x);
  }
  if (size < 1.1875) {
    const x = (size - 1) / (size + 1);
    return ATAN_ONE - (deficit(x) - ATAN_ONE_TAIL - x);
  }
  if (size < 2.4375) {
    const x = (size - 1.5) / (1 + 1.5 * size);
    return ATAN_3_HALVES - (deficit(x) - ATAN_3_HALVES_TAIL - x);
  }
  if (size < HUGE_SLOPE) {
    const x = -1 / size;
    return PI_2 - (deficit(x) - PI_2_TAIL - x);
  }
  return PI_2 + PI_2_TAIL;
}

/**
 * Arc tangent of `x` in radians, -pi/2 .. pi/2; NaN for NaN, -0 for -0. Error below 1 ulp.
 *
 * Source: fdlibm 5.3, Sun Microsystems, s_atan.c.
 */
export function atan(x: number): number {
  if (x > 0) return atanOfSize(x);
  return x < 0 ? -atanOfSize(-x) : x;
}

/**
 * The angle in radians, -pi .. pi, of the vector (x, y), counted from the x axis; mind the order: y first.
 *
 * NaN if either is NaN; signed zeros and infinities as in ECMAScript's Math.atan2. Error below 2 ulp.
 * Source: fdlibm 5.3, Sun Microsystems, e_atan2.c.
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const isYNegative = y < 0 || (y === 0 && 1 / y < 0);
  const isXNegative = x < 0 || (x === 0 && 1 / x < 0);
  const angle = angleInQuadrant(Math.abs(y), Math.abs(x), isXNegative);
  return isYNegative ? -angle : angle;
}

/** The angle, 0 .. pi, of the vector (x or -x, y); neither is negative. */
function angleInQuadrant(y: number, x: number, isXNegative: boolean): number {
  if (y === 0) return isXNegative ? PI : 0;
  if (x === 0) return PI_2;
  if (y === Infinity) {
    if (x !== Infinity) return PI_2;
    return isXNegative ? 3 * ATAN_ONE : ATAN_ONE;
  }
  if (x === Infinity) return isXNegative ? PI : 0;
  const ratio = y / x;
  if (ratio > HUGE_RATIO) return PI_2;
  const angle = atanOfSize(ratio);
  return isXNegative ? PI - (angle - PI_TAIL) : angle;
}
