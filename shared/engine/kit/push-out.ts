/**
 * The shortest way out of an overlap. Add it to a position and the two just touch, within rounding; (0, 0) where nothing
 * overlaps. For two that both give way, move each by half. Rounded to whole numbers, a unit of overlap may remain.
 *
 * As with vectors, the last argument says where to write the way; left out, it is a new vector.
 */
import type { Rect } from "./rect.ts";
import { clamp } from "./scalar.ts";
import type { Vec } from "./vec.ts";

/** How to move a circle out of another; of two on the same spot, along x. Example: `pushCircleFromCircle(me, 8, it, 8)`. */
export function pushCircleFromCircle(
  center: Readonly<Vec>,
  radius: number,
  other: Readonly<Vec>,
  otherRadius: number,
  out: Vec = { x: 0, y: 0 },
): Vec {
  return pushFromPoint(center.x - other.x, center.y - other.y, radius + otherRadius, out);
}

/** How to move a circle out of a rectangle; by the nearest side when its center is inside. */
export function pushCircleFromRect(
  center: Readonly<Vec>,
  radius: number,
  rect: Readonly<Rect>,
  out: Vec = { x: 0, y: 0 },
): Vec {
  const { x, y } = center;
  const nearX = clamp(x, rect.left, rect.right);
  const nearY = clamp(y, rect.top, rect.bottom);
  if (x !== nearX || y !== nearY) return pushFromPoint(x - nearX, y - nearY, radius, out);
  return shortest(
    x - rect.left + radius,
    rect.right - x + radius,
    y - rect.top + radius,
    rect.bottom - y + radius,
    out,
  );
}

/** How to move a rectangle out of another, along one axis. */
export function pushRectFromRect(rect: Readonly<Rect>, other: Readonly<Rect>, out: Vec = { x: 0, y: 0 }): Vec {
  return shortest(
    rect.right - other.left,
    other.right - rect.left,
    rect.bottom - other.top,
    other.bottom - rect.top,
    out,
  );
}

/** From a point to the distance `reach` of it, for what stands at (dx, dy) from it. */
function pushFromPoint(dx: number, dy: number, reach: number, out: Vec): Vec {
  const square = dx * dx + dy * dy;
  const distance = Math.sqrt(square);
  const isApart = square >= reach * reach;
  out.x = isApart ? 0 : distance > 0 ? (dx / distance) * (reach - distance) : reach;
  out.y = isApart ? 0 : distance > 0 ? (dy / distance) * (reach - distance) : 0;
  return out;
}

/** The shortest of four ways; none where one of them is no way at all. Of equals the first. */
function shortest(left: number, right: number, up: number, down: number, out: Vec): Vec {
  const least = Math.min(left, right, up, down);
  out.x = least <= 0 ? 0 : least === left ? -left : least === right ? right : 0;
  out.y = least <= 0 || out.x !== 0 ? 0 : least === up ? -up : down;
  return out;
}
