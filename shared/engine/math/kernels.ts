/** Sine, cosine and tangent on [-pi/4, pi/4], for an angle given as the unevaluated sum `x + tail`. */
import { clearLow } from "./float-bits.ts";

const S1 = -0.16666666666666632;
const S2 = 0.00833333333332249;
const S3 = -0.0001984126982985795;
const S4 = 0.0000027557313707070068;
const S5 = -2.5050760253406863e-8;
const S6 = 1.58969099521155e-10;

/**
 * Sine of `x + tail` radians, |x| <= pi/4.
 *
 * Source: fdlibm 5.3, Sun Microsystems, k_sin.c; polynomial error below 2^-58.
 */
export function sinKernel(x: number, tail: number): number {
  const z = x * x;
  const v = z * x;
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  return x - (z * (0.5 * tail - v * r) - tail - v * S1);
}

const C1 = 0.0416666666666666;
const C2 = -0.001388888888887411;
const C3 = 0.00002480158728947673;
const C4 = -2.7557314351390663e-7;
const C5 = 2.087572321298175e-9;
const C6 = -1.1359647557788195e-11;

/**
 * Cosine of `x + tail` radians, |x| <= pi/4.
 *
 * Source: fdlibm 5.3, Sun Microsystems, k_cos.c; the last lines as in FreeBSD's msun, which needs no split of x*x/2.
 */
export function cosKernel(x: number, tail: number): number {
  const z = x * x;
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
}

const T0 = 0.3333333333333341;
const T1 = 0.13333333333320124;
const T2 = 0.05396825397622605;
const T3 = 0.021869488294859542;
const T4 = 0.0088632398235993;
const T5 = 0.0035920791075913124;
const T6 = 0.0014562094543252903;
const T7 = 0.0005880412408202641;
const T8 = 0.0002464631348184699;
const T9 = 0.00007817944429395571;
const T10 = 0.00007140724913826082;
const T11 = -0.000018558637485527546;
const T12 = 0.00002590730518636337;
const PI_4 = 0.7853981633974483;
const PI_4_TAIL = 3.061616997868383e-17;
/** From here on tan is taken from pi/4 - |x|, where the polynomial is accurate. */
const NEAR_PI_4 = 0.67434;

/**
 * Tangent of `x + tail` radians, |x| <= pi/4; with `isOddQuadrant` its negative reciprocal, the tangent a quarter turn on.
 *
 * Source: fdlibm 5.3, Sun Microsystems, k_tan.c; polynomial error below 2^-59.2.
 */
export function tanKernel(x: number, tail: number, isOddQuadrant: boolean): number {
  const isNegative = x < 0;
  const isLarge = Math.abs(x) >= NEAR_PI_4;
  let a = x;
  let b = tail;
  if (isLarge) {
    a = isNegative ? PI_4 + x + (PI_4_TAIL + tail) : PI_4 - x + (PI_4_TAIL - tail);
    b = 0;
  }
  const z = a * a;
  const w = z * z;
  const odd = T1 + w * (T3 + w * (T5 + w * (T7 + w * (T9 + w * T11))));
  const even = z * (T2 + w * (T4 + w * (T6 + w * (T8 + w * (T10 + w * T12)))));
  const s = z * a;
  const r = b + z * (s * (odd + even) + b) + T0 * s;
  const sum = a + r;
  if (isLarge) {
    const sign = isOddQuadrant ? -1 : 1;
    const value = sign - 2 * (a - ((sum * sum) / (sum + sign) - r));
    return isNegative ? -value : value;
  }
  if (!isOddQuadrant) return sum;
  // -1 / (a + r), with the division's rounding error mended by a split product.
  const head = clearLow(sum);
  const rest = r - (head - a);
  const quotient = -1 / sum;
  const top = clearLow(quotient);
  return top + quotient * (1 + top * head + top * rest);
}
