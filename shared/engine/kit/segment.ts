/**
 * The first hit of a straight way with a shape, so that nothing fast flies through it in one tick. The result is the
 * share of the way at the hit, from 0 up to, not including, 1, or `undefined` for none; `vec.lerp(from, to, share)` is
 * the place. A way that starts inside hits at 0, and touching on the way past is no hit. A body of some size is a point
 * against a shape grown by its radius. A ray is a segment to a point far away.
 */
import type { Rect } from "./rect.ts";
import type { Vec } from "./vec.ts";

/**
 * The share of the way at which a point first enters a circle.
 *
 * Example: `segmentHitsCircle({ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 60, y: 0 }, 10)` is 0.5.
 *
 * Source: C. Ericson, "Real-Time Collision Detection" (2005), 5.3.2; the root in the form that cancels nothing.
 */
export function segmentHitsCircle(
  from: Readonly<Vec>,
  to: Readonly<Vec>,
  center: Readonly<Vec>,
  radius: number,
): number | undefined {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const fromX = from.x - center.x;
  const fromY = from.y - center.y;
  const outside = fromX * fromX + fromY * fromY - radius * radius;
  if (outside < 0) return 0;
  const closing = -(fromX * dx + fromY * dy);
  if (closing <= 0) return undefined;
  const discriminant = closing * closing - (dx * dx + dy * dy) * outside;
  if (discriminant <= 0) return undefined;
  const share = outside / (closing + Math.sqrt(discriminant));
  return share < 1 ? share : undefined;
}

/**
 * The share of the way at which a point first enters a rectangle.
 *
 * Example: `segmentHitsRect({ x: 0, y: 5 }, { x: 20, y: 5 }, { left: 10, top: 0, right: 12, bottom: 9 })` is 0.5.
 *
 * Source: the slab method, Kay and Kajiya, "Ray tracing complex scenes" (1986).
 */
export function segmentHitsRect(from: Readonly<Vec>, to: Readonly<Vec>, rect: Readonly<Rect>): number | undefined {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  let enters = 0;
  let leaves = 1;
  if (dx !== 0) {
    const left = (rect.left - from.x) / dx;
    const right = (rect.right - from.x) / dx;
    enters = Math.max(enters, Math.min(left, right));
    leaves = Math.min(leaves, Math.max(left, right));
  } else if (from.x <= rect.left || from.x >= rect.right) return undefined;
  if (dy !== 0) {
    const top = (rect.top - from.y) / dy;
    const bottom = (rect.bottom - from.y) / dy;
    enters = Math.max(enters, Math.min(top, bottom));
    leaves = Math.min(leaves, Math.max(top, bottom));
  } else if (from.y <= rect.top || from.y >= rect.bottom) return undefined;
  return enters < leaves ? enters : undefined;
}
