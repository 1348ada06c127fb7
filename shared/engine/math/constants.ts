/** Circle and logarithm constants, as literals, so that no engine's `Math` is asked. */
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: Math.PI and the like are banned in shared/

/** Half a turn in radians: the double nearest to pi. */
export const PI = 3.141592653589793;

/** A whole turn in radians: the double nearest to 2 pi. */
export const TAU = 6.283185307179586;

/** The base of the natural logarithm. */
export const E = 2.718281828459045;

/** Natural logarithm of 2. */
export const LN_2 = 0.6931471805599453;

/** Base-2 logarithm of e. */
export const ONE_OVER_LN_2 = 1.4426950408889634;
