/** One number to the power of another. */
import { clearLow } from "./float-bits.ts";
import { exp2, log2, logarithm } from "./power-kernels.ts";

/** 2^64: with a greater exponent every base but 1 overflows or underflows, even the neighbours of 1. */
const TWO_POW_64 = 1.8446744073709552e19;
const OVERFLOW = 1024;
const UNDERFLOW = -1075;
/** log2(greatest double + half an ulp) - 1024, negated: at a sum of 1024 the rest of the sum decides. */
const OVERFLOW_TAIL = 8.008566259537294e-17;

/**
 * `base` to the power `exponent`. Error below 1 ulp; correctly rounded for the exponents -1, 0, 0.5, 1 and 2.
 *
 * Special cases as ECMAScript's Math.pow: NaN for a NaN exponent (also with base 1), for 1 or -1 to an infinity, and for a
 * negative base with an exponent that is no integer; 1 for an exponent of 0 (also with a NaN base).
 * Source: fdlibm 5.3, Sun Microsystems, e_pow.c, without its short cut for |exponent| > 2^31, which is off by hundreds of ulp.
 */
export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (Number.isNaN(base) || Number.isNaN(exponent)) return NaN;
  const size = Math.abs(base);
  if (exponent === Infinity || exponent === -Infinity) {
    if (size === 1) return NaN;
    return size > 1 === exponent > 0 ? Infinity : 0;
  }
  if (exponent === 1) return base;
  if (exponent === -1) return 1 / base;
  if (exponent === 2) return base * base;

  const isNegative = base < 0 || (base === 0 && 1 / base < 0);
  const isInteger = Math.trunc(exponent) === exponent;
  const sign = isNegative && isInteger && isOdd(exponent) ? -1 : 1;
  if (size === 0 || size === Infinity) return (size === 0) === exponent > 0 ? sign * 0 : sign * Infinity;
  if (isNegative && !isInteger) return NaN;
  if (size === 1) return sign;
  if (exponent === 0.5) return Math.sqrt(base);
  return sign * powOfSize(size, exponent);
}

/** Whether an integer is odd: halving is exact. */
const isOdd = (integer: number): boolean => Math.trunc(integer * 0.5) !== integer * 0.5;

/** `base` is positive and finite and not 1; `exponent` is finite. */
function powOfSize(base: number, exponent: number): number {
  if (Math.abs(exponent) > TWO_POW_64) return base > 1 === exponent > 0 ? Infinity : 0;
  log2(base);
  const logHead = logarithm[0] as number;
  const top = clearLow(exponent);
  const tail = (exponent - top) * logHead + exponent * (logarithm[1] as number);
  const head = top * logHead;
  const sum = head + tail;
  if (sum > OVERFLOW || (sum === OVERFLOW && tail + OVERFLOW_TAIL > sum - head)) return Infinity;
  if (sum < UNDERFLOW || (sum === UNDERFLOW && tail <= sum - head)) return 0;
  return exp2(head, tail);
}
