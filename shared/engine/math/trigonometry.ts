/** Sine, cosine and tangent of an angle in radians. */
import { cosKernel, sinKernel, tanKernel } from "./kernels.ts";
import { reduceAngle, rest } from "./reduce.ts";

const PI_4 = 0.7853981633974483;
/** 2^-27: below it sin x and tan x round to x. */
const TINY = 7.450580596923828e-9;

/**
 * Sine of `x` radians; NaN for NaN and the infinities, -0 for -0. Error below 1 ulp for every finite x.
 *
 * Source: fdlibm 5.3, Sun Microsystems, s_sin.c.
 */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size <= PI_4) return size < TINY ? x : sinKernel(x, 0);
  if (!(size < Infinity)) return NaN;
  const quadrant = reduceAngle(x);
  const head = rest[0] as number;
  const tail = rest[1] as number;
  const value = (quadrant & 1) === 0 ? sinKernel(head, tail) : cosKernel(head, tail);
  return quadrant < 2 ? value : -value;
}

/**
 * Cosine of `x` radians; NaN for NaN and the infinities. Error below 1 ulp for every finite x.
 *
 * Source: fdlibm 5.3, Sun Microsystems, s_cos.c.
 */
export function cos(x: number): number {
  const size = Math.abs(x);
  if (size <= PI_4) return cosKernel(x, 0);
  if (!(size < Infinity)) return NaN;
  const quadrant = reduceAngle(x);
  const head = rest[0] as number;
  const tail = rest[1] as number;
  const value = (quadrant & 1) === 0 ? cosKernel(head, tail) : sinKernel(head, tail);
  return quadrant === 0 || quadrant === 3 ? value : -value;
}

/**
 * Tangent of `x` radians; NaN for NaN and the infinities, -0 for -0. Error below 1 ulp for every finite x.
 *
 * Source: fdlibm 5.3, Sun Microsystems, s_tan.c.
 */
export function tan(x: number): number {
  const size = Math.abs(x);
  if (size <= PI_4) return size < TINY ? x : tanKernel(x, 0, false);
  if (!(size < Infinity)) return NaN;
  const quadrant = reduceAngle(x);
  return tanKernel(rest[0] as number, rest[1] as number, (quadrant & 1) === 1);
}
