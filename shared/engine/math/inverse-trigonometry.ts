/** Arc sine and arc cosine, in radians. */
import { PI } from "./constants.ts";
import { clearLow } from "./float-bits.ts";

const PI_2 = 1.5707963267948966;
const PI_2_TAIL = 6.123233995736766e-17;
const PI_4 = 0.7853981633974483;
/** 2^-27: below it asin x rounds to x. */
const TINY = 7.450580596923828e-9;
/** From here on 1 - |x| is so small that the square root needs no split. */
const NEAR_ONE = 0.975;

const P0 = 0.16666666666666666;
const P1 = -0.3255658186224009;
const P2 = 0.20121253213486293;
const P3 = -0.04005553450067941;
const P4 = 0.0007915349942898145;
const P5 = 0.00003479331075960212;
const Q1 = -2.403394911734414;
const Q2 = 2.0209457602335057;
const Q3 = -0.6882839716054533;
const Q4 = 0.07703815055590194;

/** (asin(x) - x) / x^3 * x^2 for z = x^2 <= 1/4, to below 2^-58.75. */
function excess(z: number): number {
  const p = z * (P0 + z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * P5)))));
  const q = 1 + z * (Q1 + z * (Q2 + z * (Q3 + z * Q4)));
  return p / q;
}

/**
 * Arc sine of `x` in radians, -pi/2 .. pi/2; NaN outside [-1, 1], -0 for -0. Error below 1 ulp.
 *
 * Source: fdlibm 5.3, Sun Microsystems, e_asin.c.
 */
export function asin(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) return size < TINY ? x : x + x * excess(x * x);
  if (!(size <= 1)) return NaN;
  if (size === 1) return x * PI_2 + x * PI_2_TAIL;
  const z = (1 - size) * 0.5;
  const r = excess(z);
  const s = Math.sqrt(z);
  let value: number;
  if (size > NEAR_ONE) {
    value = PI_2 - (2 * (s + s * r) - PI_2_TAIL);
  } else {
    const head = clearLow(s);
    const tail = (z - head * head) / (s + head);
    const p = 2 * s * r - (PI_2_TAIL - 2 * tail);
    const q = PI_4 - 2 * head;
    value = PI_4 - (p - q);
  }
  return x > 0 ? value : -value;
}

/**
 * Arc cosine of `x` in radians, 0 .. pi; NaN outside [-1, 1]. Error below 1 ulp.
 *
 * Source: fdlibm 5.3, Sun Microsystems, e_acos.c.
 */
export function acos(x: number): number {
  const size = Math.abs(x);
  if (size < 0.5) return PI_2 - (x - (PI_2_TAIL - x * excess(x * x)));
  if (!(size <= 1)) return NaN;
  if (size === 1) return x > 0 ? 0 : PI;
  const z = (1 - size) * 0.5;
  const s = Math.sqrt(z);
  const r = excess(z);
  if (x < 0) return PI - 2 * (s + (r * s - PI_2_TAIL));
  const head = clearLow(s);
  const tail = (z - head * head) / (s + head);
  return 2 * (head + (r * s + tail));
}
