/** The two halves of pow: base-2 logarithm and exponential with more than 64 bits, as head and tail. */
import { LN_2 } from "./constants.ts";
import { addExponent, clearLow, fromWords, highWord, lowWord } from "./float-bits.ts";

/**
 * The result of the latest `log2`, as an unevaluated sum [head, tail]; the head's low word is zero.
 *
 * Scratch: read it before the next call.
 */
export const logarithm = new Float64Array(2);

const TWO_POW_53 = 9007199254740992;
const TWO_POW_MINUS_1000 = 9.332636185032189e-302;
const MIN_NORMAL = 2.2250738585072014e-308;

const LOG2_3_HALVES = 0.5849624872207642;
const LOG2_3_HALVES_TAIL = 1.350039202129749e-8;
const L1 = 0.5999999999999946;
const L2 = 0.4285714285785502;
const L3 = 0.33333332981837743;
const L4 = 0.272728123808534;
const L5 = 0.23066074577556175;
const L6 = 0.20697501780033842;
/** 2 / (3 ln 2). */
const CP = 0.9617966939259756;
const CP_HEAD = 0.9617967009544373;
const CP_TAIL = -7.028461650952758e-9;

/**
 * Base-2 logarithm of `x`, positive and finite, written to `logarithm`.
 *
 * x = 2^n * a with a near 1 or near 3/2; log2(a) from s = (a - b) / (a + b), b being 1 or 3/2.
 * Source: fdlibm 5.3, Sun Microsystems, e_pow.c.
 */
export function log2(x: number): void {
  let n = -1023;
  let scaled = x;
  if (x < MIN_NORMAL) {
    scaled = x * TWO_POW_53;
    n -= 53;
  }
  let high = highWord(scaled);
  n += high >>> 20;
  const fraction = high & 0xfffff;
  high = fraction | 0x3ff00000;
  // Below sqrt(3/2) b is 1, below sqrt(3) it is 3/2, above that a is halved and b is 1 again.
  const isNear3Halves = fraction > 0x3988e && fraction < 0xbb67a;
  if (fraction >= 0xbb67a) {
    n += 1;
    high -= 0x100000;
  }
  const a = fromWords(high, lowWord(scaled));
  const b = isNear3Halves ? 1.5 : 1;

  // s = u * v as head and tail.
  const u = a - b;
  const v = 1 / (a + b);
  const s = u * v;
  const sHead = clearLow(s);
  const sumHead = fromWords(((high >> 1) | 0x20000000) + 0x80000 + (isNear3Halves ? 0x40000 : 0), 0);
  const sumTail = a - (sumHead - b);
  const sTail = v * (u - sHead * sumHead - sHead * sumTail);
  // log(a) = s * (3 + s^2 + r) * 2/3.
  const s2 = s * s;
  const r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6))))) + sTail * (sHead + s);
  const square = sHead * sHead;
  const bracketHead = clearLow(3 + square + r);
  const bracketTail = r - (bracketHead - 3 - square);
  const product = sHead * bracketHead;
  const productRest = sTail * bracketHead + bracketTail * s;
  const pHead = clearLow(product + productRest);
  const pTail = productRest - (pHead - product);
  const zHead = CP_HEAD * pHead;
  const zTail = CP_TAIL * pHead + pTail * CP + (isNear3Halves ? LOG2_3_HALVES_TAIL : 0);
  const base = isNear3Halves ? LOG2_3_HALVES : 0;
  const head = clearLow(zHead + zTail + base + n);
  logarithm[0] = head;
  logarithm[1] = zTail - (head - n - base - zHead);
}

const LN_2_HEAD = 0.6931471824645996;
const LN_2_TAIL = -1.904654299957768e-9;
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 0.00006613756321437934;
const P4 = -0.0000016533902205465252;
const P5 = 4.1381367970572385e-8;

/**
 * 2 to the power `head + tail`, which must lie in -1075 .. 1024.
 *
 * Source: fdlibm 5.3, Sun Microsystems, e_pow.c.
 */
export function exp2(head: number, tail: number): number {
  const sum = head + tail;
  const n = Math.trunc(sum + (sum < 0 ? -0.5 : 0.5));
  const left = head - n;
  const t = clearLow(left + tail);
  const u = t * LN_2_HEAD;
  const v = (tail - (t - left)) * LN_2 + t * LN_2_TAIL;
  const z = u + v;
  const zTail = v - (z - u);
  const z2 = z * z;
  const c = z - z2 * (P1 + z2 * (P2 + z2 * (P3 + z2 * (P4 + z2 * P5))));
  const r = (z * c) / (c - 2) - (zTail + z * zTail);
  const value = 1 - (r - z);
  return n >= -1021 ? addExponent(value, n) : addExponent(value, n + 1000) * TWO_POW_MINUS_1000;
}
