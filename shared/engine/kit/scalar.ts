/** One number kept, moved or wrapped: what every rule does to a position, a speed or a score. */

/**
 * `value`, but not below `min` nor above `max`, in their unit. With `min` above `max` it is `min`.
 *
 * Example: `clamp(12, 0, 10)` is 10.
 */
export function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(value, max));
}

/**
 * The number that stands at `share` of the way from one to another: 0 gives exactly `from`, 1 exactly `to`; a share
 * outside 0 .. 1 goes beyond them.
 *
 * Example: `lerp(10, 20, 0.25)` is 12.5.
 */
export function lerp(from: number, to: number, share: number): number {
  return share < 0.5 ? from + (to - from) * share : to - (to - from) * (1 - share);
}

/**
 * `value` moved toward `target` by at most `step`, never past it. `step` is not negative.
 *
 * Example: `approach(3, 10, 5)` is 8, and `approach(8, 10, 5)` is 10.
 */
export function approach(value: number, target: number, step: number): number {
  return value < target ? Math.min(value + step, target) : Math.max(value - step, target);
}

/**
 * `value` on a ring of `size`: from 0 up to, not including, `size`, which is above 0. For a field whose right edge is
 * its left, and for places in a list.
 *
 * Example: `wrap(-1, 10)` is 9, and `wrap(10, 10)` is 0.
 */
export function wrap(value: number, size: number): number {
  const rest = value % size;
  // -0 + 0 is 0; and a rest just below 0 rounds up to `size` itself.
  const wrapped = rest < 0 ? rest + size : rest + 0;
  return wrapped < size ? wrapped : 0;
}
