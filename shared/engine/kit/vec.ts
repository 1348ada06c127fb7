/**
 * Vectors: anything with `x` and `y`, so also a player, a bullet, a place on the map.
 *
 * Where a function gives a vector, its last argument says where to write it, which may be one of the arguments:
 * `vec.add(player, velocity, player)` moves the player and allocates nothing. Left out, it is a new vector.
 */
import { atan2 } from "../math/arctangent.ts";
import { hypot } from "../math/hypotenuse.ts";
import { cos, sin } from "../math/trigonometry.ts";
import { lerp as lerpNumber } from "./scalar.ts";

/** A point, or a way from one point to another; in whatever unit the game counts. */
export interface Vec {
  x: number;
  y: number;
}

function set(out: Vec, x: number, y: number): Vec {
  out.x = x;
  out.y = y;
  return out;
}

/** `a` and `b` together: where one is after a way. Example: `vec.add({ x: 1, y: 2 }, { x: 3, y: 4 })` is (4, 6). */
export function add(a: Readonly<Vec>, b: Readonly<Vec>, out: Vec = { x: 0, y: 0 }): Vec {
  return set(out, a.x + b.x, a.y + b.y);
}

/** `a` less `b`: the way from `b` to `a`. Example: `vec.sub({ x: 3, y: 4 }, { x: 1, y: 1 })` is (2, 3). */
export function sub(a: Readonly<Vec>, b: Readonly<Vec>, out: Vec = { x: 0, y: 0 }): Vec {
  return set(out, a.x - b.x, a.y - b.y);
}

/** `v` times a number. Example: `vec.scale({ x: 1, y: 2 }, 3)` is (3, 6). */
export function scale(v: Readonly<Vec>, factor: number, out: Vec = { x: 0, y: 0 }): Vec {
  return set(out, v.x * factor, v.y * factor);
}

/** The point at `share` of the way from one to another: 0 is exactly `from`, 1 exactly `to`. */
export function lerp(from: Readonly<Vec>, to: Readonly<Vec>, share: number, out: Vec = { x: 0, y: 0 }): Vec {
  return set(out, lerpNumber(from.x, to.x, share), lerpNumber(from.y, to.y, share));
}

/**
 * `v` turned by `radians`, from the x axis toward the y axis: clockwise where y points down, as on a canvas. Its length
 * changes by rounding only.
 */
export function rotate(v: Readonly<Vec>, radians: number, out: Vec = { x: 0, y: 0 }): Vec {
  const c = cos(radians);
  const s = sin(radians);
  return set(out, v.x * c - v.y * s, v.x * s + v.y * c);
}

/** `v` with length 1, within rounding; the zero vector stays what it is. Example: `vec.normalize({ x: 3, y: 4 })`. */
export function normalize(v: Readonly<Vec>, out: Vec = { x: 0, y: 0 }): Vec {
  const size = length(v);
  return size === 0 ? set(out, 0, 0) : set(out, v.x / size, v.y / size);
}

/** `v`, made shorter where it is longer than `most`, which is not negative: for top speeds. */
export function clampLength(v: Readonly<Vec>, most: number, out: Vec = { x: 0, y: 0 }): Vec {
  const size = length(v);
  return size <= most ? set(out, v.x, v.y) : set(out, (v.x / size) * most, (v.y / size) * most);
}

/** `from` moved straight toward `target` by at most `step`, never past it. `step` is not negative. */
export function approach(from: Readonly<Vec>, target: Readonly<Vec>, step: number, out: Vec = { x: 0, y: 0 }): Vec {
  const far = distance(from, target);
  return far <= step ? set(out, target.x, target.y) : lerp(from, target, step / far, out);
}

/** `v` with whole numbers, each rounded as by `Math.round`: for state declared in whole numbers. */
export function round(v: Readonly<Vec>, out: Vec = { x: 0, y: 0 }): Vec {
  // + 0, because a small negative number rounds to -0
  return set(out, Math.round(v.x) + 0, Math.round(v.y) + 0);
}

/** The vector of a length in the direction of an angle in radians. Example: `vec.polar(0, 5)` is (5, 0). */
export function polar(radians: number, length: number, out: Vec = { x: 0, y: 0 }): Vec {
  return set(out, cos(radians) * length, sin(radians) * length);
}

/** The direction of `v` in radians, -pi .. pi, counted as in `rotate`; 0 for the zero vector. */
export function angle(v: Readonly<Vec>): number {
  return atan2(v.y, v.x);
}

/** Above 0 when both point the same way, below when opposite, 0 at a right angle: the product of length and shadow. */
export function dot(a: Readonly<Vec>, b: Readonly<Vec>): number {
  return a.x * b.x + a.y * b.y;
}

/** Length of `v`, to half a unit in the last place (see `hypot`). Example: `vec.length({ x: 3, y: 4 })` is 5. */
export function length(v: Readonly<Vec>): number {
  return hypot(v.x, v.y);
}

/** How far `b` is from `a`. Example: `vec.distance({ x: 1, y: 1 }, { x: 4, y: 5 })` is 5. */
export function distance(a: Readonly<Vec>, b: Readonly<Vec>): number {
  return hypot(b.x - a.x, b.y - a.y);
}
