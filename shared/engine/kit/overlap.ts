/** The overlap of two shapes. Two that only touch do not; whole numbers below 2^25 are compared exactly. */

import type { Rect } from "./rect.ts";
import { clamp } from "./scalar.ts";
import type { Vec } from "./vec.ts";

/** Whether a point lies in a circle or on its edge. Example: `pointInCircle(mouse, unit, 16)`. */
export function pointInCircle(point: Readonly<Vec>, center: Readonly<Vec>, radius: number): boolean {
  return squareBetween(point.x, point.y, center.x, center.y) <= radius * radius;
}

/** Whether a point lies in a rectangle; left and top edge belong to it, right and bottom not: tiles share no point. */
export function pointInRect(point: Readonly<Vec>, rect: Readonly<Rect>): boolean {
  return point.x >= rect.left && point.x < rect.right && point.y >= rect.top && point.y < rect.bottom;
}

/** Whether two circles overlap. Example: `circlesOverlap(player, 16, bullet, 4)`. */
export function circlesOverlap(a: Readonly<Vec>, aRadius: number, b: Readonly<Vec>, bRadius: number): boolean {
  const reach = aRadius + bRadius;
  return squareBetween(a.x, a.y, b.x, b.y) < reach * reach;
}

/** Whether a circle overlaps a rectangle. Example: `circleOverlapsRect(player, 16, wall)`. */
export function circleOverlapsRect(center: Readonly<Vec>, radius: number, rect: Readonly<Rect>): boolean {
  const nearX = clamp(center.x, rect.left, rect.right);
  const nearY = clamp(center.y, rect.top, rect.bottom);
  return squareBetween(center.x, center.y, nearX, nearY) < radius * radius;
}

/** Whether two rectangles overlap. */
export function rectsOverlap(a: Readonly<Rect>, b: Readonly<Rect>): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function squareBetween(ax: number, ay: number, bx: number, by: number): number {
  return (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
}
