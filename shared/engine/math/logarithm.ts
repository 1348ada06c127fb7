/** The natural logarithm. */
import { fromWords, highWord, lowWord } from "./float-bits.ts";

const LN_2_HEAD = 0.6931471803691238;
const LN_2_TAIL = 1.9082149292705877e-10;
const TWO_POW_54 = 18014398509481984;
const MIN_NORMAL = 2.2250738585072014e-308;
/** 2^-20: below it three terms of the series are enough. */
const NEAR_ONE = 9.5367431640625e-7;
const THIRD = 0.3333333333333333;

const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

/**
 * Natural logarithm of `x`; NaN below zero and for NaN, -Infinity for both zeros. Error below 1 ulp.
 *
 * Source: fdlibm 5.3, Sun Microsystems, e_log.c.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let power = -1023;
  let scaled = x;
  if (x < MIN_NORMAL) {
    power -= 54;
    scaled = x * TWO_POW_54;
  }
  // x = 2^power * (1 + f), with sqrt(2)/2 < 1 + f < sqrt(2).
  const high = highWord(scaled);
  const fraction = high & 0xfffff;
  const isUpperHalf = (fraction + 0x95f64) & 0x100000;
  power += (high >>> 20) + (isUpperHalf >>> 20);
  const f = fromWords(fraction | (isUpperHalf ^ 0x3ff00000), lowWord(scaled)) - 1;
  if (Math.abs(f) < NEAR_ONE) {
    const r = f * f * (0.5 - THIRD * f);
    return power === 0 ? f - r : power * LN_2_HEAD - (r - power * LN_2_TAIL - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const r = odd + even;
  // Within these fractions f*f/2 is split off, which keeps the error below 1 ulp.
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const half = 0.5 * f * f;
    if (power === 0) return f - (half - s * (half + r));
    return power * LN_2_HEAD - (half - (s * (half + r) + power * LN_2_TAIL) - f);
  }
  if (power === 0) return f - s * (f - r);
  return power * LN_2_HEAD - (s * (f - r) - power * LN_2_TAIL - f);
}
