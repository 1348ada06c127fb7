/** Fixed point: fractions kept as whole numbers of a small unit, for state in `int32` fields. */
import { atan2 } from "../math/arctangent.ts";
import { TAU } from "../math/constants.ts";
import { hypot } from "../math/hypotenuse.ts";
import { cos, sin } from "../math/trigonometry.ts";
import { wrap } from "./scalar.ts";

const MOST_UNITS = 65536;
/** Results lie between -LIMIT and LIMIT, both excluded: symmetric, and within `int32`. */
const LIMIT = 2147483648;

/**
 * Arithmetic on whole numbers of `1 / one`. Add, subtract, compare and negate with the plain operators.
 *
 * Arguments are whole numbers from -(2^31 - 1) to 2^31 - 1, unless said otherwise, and so are results. One that would
 * not be is a `RangeError` with the numbers in it, never a wrong number. Mind squares: at 65536 units, 182 * 182 is
 * already too large; for distances there is `length`. `mul`, `div` and `sqrt` are exact and then cut off toward zero:
 * left and right act alike, and what slows down comes to rest. The others are rounded to the nearest unit.
 *
 * Angles count turns: `one` is a whole turn, so 256 units to one are also 256 directions.
 *
 * Example: `const fixed = new FixedPoint(256); fixed.mul(fixed.of(1.5), fixed.of(2))` is 768, which is 3.
 */
export class FixedPoint {
  /** The whole number that stands for 1. */
  readonly one: number;

  /**
   * @param one units that make 1, a whole number from 1 to 65536: 256 reaches to 8 million, 65536 to 32767.
   * @throws RangeError for any other number.
   */
  constructor(one: number) {
    if (!Number.isInteger(one) || one < 1 || one > MOST_UNITS)
      throw new RangeError(
        `new FixedPoint(${one}): give the units that make 1, a whole number from 1 to ${MOST_UNITS}`,
      );
    this.one = one;
  }

  /** Any number in units, to the nearest. Example: with 256 units, `fixed.of(1.5)` is 384. */
  of(value: number): number {
    const units = value * this.one;
    if (!(Math.abs(units) < LIMIT - 1)) throw overflow("of", [value], units);
    return nearest(units);
  }

  /** Units as a plain number, for a view. Example: with 256 units, `fixed.toNumber(384)` is 1.5. */
  toNumber(units: number): number {
    return units / this.one;
  }

  /** `a` times `b`. */
  mul(a: number, b: number): number {
    // A result below 2^31 comes from a product below 2^47, which a double holds exactly.
    const result = (a * b) / this.one;
    if (!(Math.abs(result) < LIMIT)) throw overflow("mul", [a, b], result);
    return result | 0;
  }

  /** `a` divided by `b`, which is not 0. */
  div(a: number, b: number): number {
    const result = (a * this.one) / b;
    if (!(Math.abs(result) < LIMIT)) throw overflow("div", [a, b], result);
    return result | 0;
  }

  /** Square root of `a`, which is not negative. */
  sqrt(a: number): number {
    const result = Math.sqrt(a * this.one);
    if (!(result < LIMIT)) throw overflow("sqrt", [a], result);
    return result | 0;
  }

  /** Length of the vector (x, y), in the unit of its components; squares never overflow. */
  length(x: number, y: number): number {
    const result = hypot(x, y);
    if (!(result < LIMIT - 1)) throw overflow("length", [x, y], result);
    return nearest(result);
  }

  /** Sine of an angle in turns, -one .. one; exact at quarter turns. Example: `fixed.sin(fixed.one / 4)` is `one`. */
  sin(angle: number): number {
    return nearest(sin(((angle % this.one) * TAU) / this.one) * this.one);
  }

  /** Cosine of an angle in turns, -one .. one; exact at quarter turns. */
  cos(angle: number): number {
    return nearest(cos(((angle % this.one) * TAU) / this.one) * this.one);
  }

  /** The angle of the vector (x, y) in turns, 0 .. one - 1; mind the order: y first, as in `atan2`. */
  atan2(y: number, x: number): number {
    return wrap(nearest((atan2(y, x) / TAU) * this.one), this.one);
  }
}

/** To the nearest whole number, halves away from zero; within `int32`, and never -0. */
const nearest = (value: number): number => (value < 0 ? value - 0.5 : value + 0.5) | 0;

const overflow = (name: string, given: readonly number[], result: number): RangeError =>
  new RangeError(`fixed.${name}(${given.join(", ")}): ${result} does not fit into 32 bits`);
