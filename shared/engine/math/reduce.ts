/** Angle reduction: any finite angle as a quarter-turn count and a rest within pi/4 of zero. */
import { reduceHuge } from "./huge-angle.ts";

/**
 * The rest of the latest `reduceAngle`, in radians, as an unevaluated sum [head, tail].
 *
 * Scratch: read it before the next call. A typed array, because a `let` holding a double is boxed at every write.
 */
export const rest = new Float64Array(2);

/** 2^20 * pi/2: up to here the quarter-turn count has few enough bits for the products below to be exact. */
const CODY_WAITE_LIMIT = 1647099.3;
const TWO_OVER_PI = 0.6366197723675814;
/** pi/2 in three parts of 33 bits, each with what is left after it. */
const PART_1 = 1.5707963267341256;
const AFTER_1 = 6.077100506506192e-11;
const PART_2 = 6.077100506303966e-11;
const AFTER_2 = 2.0222662487959506e-21;
const PART_3 = 2.0222662487111665e-21;
const AFTER_3 = 8.4784276603689e-32;
const TWO_POW_MINUS_16 = 0.0000152587890625;
const TWO_POW_MINUS_49 = 1.7763568394002505e-15;

/**
 * Splits `x` radians into `quadrant * pi/2 + rest`; returns the quadrant, 0 .. 3, and writes `rest`.
 *
 * `x` must be finite. Up to 2^20 * pi/2 by Cody-Waite in up to three steps (151 bits of pi/2), beyond by Payne-Hanek;
 * either way the rest's relative error is about 2^-70 or less.
 * Source: fdlibm 5.3, Sun Microsystems, e_rem_pio2.c.
 */
export function reduceAngle(x: number): number {
  const size = Math.abs(x);
  const turns = size > CODY_WAITE_LIMIT ? reduceHuge(size, rest) : reduceMedium(size);
  if (x >= 0) return turns & 3;
  rest[0] = -(rest[0] as number);
  rest[1] = -(rest[1] as number);
  return -turns & 3;
}

function reduceMedium(size: number): number {
  const turns = Math.floor(size * TWO_OVER_PI + 0.5);
  let left = size - turns * PART_1;
  let after = turns * AFTER_1;
  let head = left - after;
  // Cancellation ate the bits that the first step supplied: take the next 33 bits of pi/2, and once more if need be.
  if (Math.abs(head) < size * TWO_POW_MINUS_16) {
    const before = left;
    const part = turns * PART_2;
    left = before - part;
    after = turns * AFTER_2 - (before - left - part);
    head = left - after;
    if (Math.abs(head) < size * TWO_POW_MINUS_49) {
      const before3 = left;
      const part3 = turns * PART_3;
      left = before3 - part3;
      after = turns * AFTER_3 - (before3 - left - part3);
      head = left - after;
    }
  }
  rest[0] = head;
  rest[1] = left - head - after;
  return turns;
}
