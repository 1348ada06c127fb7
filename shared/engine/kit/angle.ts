/** Angles in radians, compared and turned the short way round. */
import { PI, TAU } from "../math/constants.ts";

/**
 * How far to turn to look along `to` instead of along `from`: more than -pi, at most pi. Both may be any finite angle.
 *
 * Example: `angleDifference(0.5, 0.25)` is -0.25, and from 3 to -3 it is a short way on, about 0.28.
 */
export function angleDifference(from: number, to: number): number {
  const turn = (to - from) % TAU;
  if (turn > PI) return turn - TAU;
  return turn <= -PI ? turn + TAU : turn;
}

/**
 * `angle` turned toward `target` by at most `step`, the short way round. The last turn ends on `target` itself; the
 * ones before may pass pi. `step` is not negative.
 *
 * Example: `approachAngle(0, 2, 0.5)` is 0.5.
 */
export function approachAngle(angle: number, target: number, step: number): number {
  const turn = angleDifference(angle, target);
  if (Math.abs(turn) <= step) return target;
  return turn < 0 ? angle - step : angle + step;
}
