/** The exponential function. */
import { E, ONE_OVER_LN_2 } from "./constants.ts";
import { addExponent } from "./float-bits.ts";

const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;
const LN_2_HEAD = 0.6931471803691238;
const LN_2_TAIL = 1.9082149292705877e-10;
const HALF_LN_2 = 0.34657359027997264;
/** 2^-28: below it exp x rounds to 1 + x. */
const TINY = 3.725290298461914e-9;
const TWO_POW_MINUS_1000 = 9.332636185032189e-302;

const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 0.00006613756321437934;
const P4 = -0.0000016533902205465252;
const P5 = 4.1381367970572385e-8;

/**
 * e to the power `x`; NaN for NaN, Infinity from 709.79 up, 0 from -745.14 down. Error below 1 ulp; exp(1) is Math.E.
 *
 * Source: fdlibm 5.3, Sun Microsystems, e_exp.c.
 */
export function exp(x: number): number {
  if (x > OVERFLOW) return Infinity;
  if (x < UNDERFLOW) return 0;
  const size = Math.abs(x);
  if (size < TINY) return 1 + x;
  if (size <= HALF_LN_2) return 1 - (-correction(x) - x);
  if (Number.isNaN(x)) return NaN;
  if (x === 1) return E;
  const power = Math.trunc(ONE_OVER_LN_2 * x + (x < 0 ? -0.5 : 0.5));
  const head = x - power * LN_2_HEAD;
  const tail = power * LN_2_TAIL;
  const r = head - tail;
  const value = 1 - (tail - correction(r) - head);
  return power >= -1021 ? addExponent(value, power) : addExponent(value, power + 1000) * TWO_POW_MINUS_1000;
}

/** exp(r) - 1 - r for |r| <= ln(2)/2, to below 2^-59. */
function correction(r: number): number {
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  return (r * c) / (2 - c);
}
