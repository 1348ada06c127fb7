/** The arena's ground plan: fixed, the same turned by half a turn, and the place where the unit of length is chosen. */

export const TICK_RATE = 20;

/**
 * State counts tenths of a unit: every position is then a whole number that fits 16 bits, a quarter of a float64 in
 * snapshots and patches. A view scales by `1 / UNIT`, or by its canvas over `FIELD`.
 */
export const UNIT = 10;

export const FIELD = { width: 1600 * UNIT, height: 1000 * UNIT } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Wall {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Walls keep more than two players' width from each other and from the edge, so nobody is wedged between two. */
export const WALLS: readonly Wall[] = [
  ...twice({ x: 400, y: 500, width: 40, height: 280 }),
  ...twice({ x: 800, y: 190, width: 320, height: 40 }),
  ...twice({ x: 680, y: 430, width: 60, height: 60 }),
  ...twice({ x: 920, y: 430, width: 60, height: 60 }),
  ...twice({ x: 220, y: 210, width: 100, height: 40 }),
  ...twice({ x: 1380, y: 210, width: 100, height: 40 }),
];

/** Where players come in; bots also find their way around the walls from one to the next. */
export const PLACES: readonly Point[] = [
  ...fourTimes({ x: 90, y: 90 }),
  ...fourTimes({ x: 100, y: 400 }),
  ...fourTimes({ x: 470, y: 90 }),
  ...fourTimes({ x: 540, y: 320 }),
  ...fourTimes({ x: 560, y: 500 }).slice(0, 2), // on an axis, where the other two mirror images are the same
  ...fourTimes({ x: 800, y: 320 }).slice(0, 2),
];

/** Where medkits lie: the middle, which everybody wants and nobody can hold, and two flanks. */
export const MEDKITS: readonly Point[] = [
  { x: FIELD.width / 2, y: FIELD.height / 2 },
  { x: 220 * UNIT, y: 500 * UNIT },
  { x: 1380 * UNIT, y: 500 * UNIT },
];

/**
 * How much of the way from one point to another is free of walls and inside the field: 0 .. 1.
 *
 * @param margin how far to stay away from walls and edges: 0 for a bullet, most of a radius for a body.
 * Source: the slab method, Kay and Kajiya, "Ray tracing complex scenes", 1986.
 */
export function clearFraction(from: Point, to: Point, margin: number): number {
  return clearFractionOf(from, to.x - from.x, to.y - from.y, margin);
}

/** The same for a way of so much to the right and down. */
export function clearFractionOf(from: Point, dx: number, dy: number, margin: number): number {
  const west = Math.min(dx, 0);
  const east = Math.max(dx, 0);
  const north = Math.min(dy, 0);
  const south = Math.max(dy, 0);
  let clear = 1;
  if (dx > 0) clear = Math.min(clear, (FIELD.width - margin - from.x) / dx);
  if (dx < 0) clear = Math.min(clear, (margin - from.x) / dx);
  if (dy > 0) clear = Math.min(clear, (FIELD.height - margin - from.y) / dy);
  if (dy < 0) clear = Math.min(clear, (margin - from.y) / dy);
  for (const wall of WALLS) {
    const left = wall.left - margin - from.x;
    const right = wall.right + margin - from.x;
    const top = wall.top - margin - from.y;
    const bottom = wall.bottom + margin - from.y;
    if (left >= east || right <= west || top >= south || bottom <= north) continue; // most walls: nowhere near
    let enters = 0;
    let leaves = clear;
    if (dx !== 0) {
      enters = Math.max(enters, Math.min(left / dx, right / dx));
      leaves = Math.min(leaves, Math.max(left / dx, right / dx));
    }
    if (dy !== 0) {
      enters = Math.max(enters, Math.min(top / dy, bottom / dy));
      leaves = Math.min(leaves, Math.max(top / dy, bottom / dy));
    }
    if (enters < leaves) clear = enters;
  }
  return Math.max(0, clear);
}

/** A wall given in units by its middle, and the same wall turned by half a turn around the middle of the field. */
function twice({ x, y, width, height }: { x: number; y: number; width: number; height: number }): Wall[] {
  const left = (x - width / 2) * UNIT;
  const top = (y - height / 2) * UNIT;
  const right = (x + width / 2) * UNIT;
  const bottom = (y + height / 2) * UNIT;
  const turned = {
    left: FIELD.width - right,
    top: FIELD.height - bottom,
    right: FIELD.width - left,
    bottom: FIELD.height - top,
  };
  return [{ left, top, right, bottom }, turned];
}

/** A place given in units, mirrored into all four quarters of the field. */
function fourTimes({ x, y }: Point): Point[] {
  const near = { x: x * UNIT, y: y * UNIT };
  const far = { x: FIELD.width - near.x, y: FIELD.height - near.y };
  return [near, far, { x: far.x, y: near.y }, { x: near.x, y: far.y }];
}
