/** Vectors: the laws, and that any argument may be the place to write to. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as vec from "../../../shared/engine/kit/vec.ts";

const number = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
const vector = fc.record({ x: number, y: number });
const size = fc.double({ noNaN: true, min: 0, max: 1e6 });

it("say what the examples say", () => {
  expect(vec.add({ x: 1, y: 2 }, { x: 3, y: 4 })).toEqual({ x: 4, y: 6 });
  expect(vec.sub({ x: 3, y: 4 }, { x: 1, y: 1 })).toEqual({ x: 2, y: 3 });
  expect(vec.scale({ x: 1, y: 2 }, 3)).toEqual({ x: 3, y: 6 });
  expect(vec.normalize({ x: 3, y: 4 })).toEqual({ x: 0.6, y: 0.8 });
  expect(vec.normalize({ x: 0, y: 0 })).toEqual({ x: 0, y: 0 });
  expect(vec.clampLength({ x: 6, y: 8 }, 5)).toEqual({ x: 3, y: 4 });
  expect(vec.approach({ x: 0, y: 0 }, { x: 6, y: 8 }, 5)).toEqual({ x: 3, y: 4 });
  expect(vec.round({ x: -0.4, y: 2.5 })).toEqual({ x: 0, y: 3 });
  expect(vec.polar(0, 5)).toEqual({ x: 5, y: 0 });
  expect(vec.lerp({ x: 0, y: 10 }, { x: 10, y: 20 }, 0.5)).toEqual({ x: 5, y: 15 });
  expect([vec.dot({ x: 1, y: 2 }, { x: 3, y: 4 }), vec.length({ x: 3, y: 4 })]).toEqual([11, 5]);
  expect([vec.distance({ x: 1, y: 1 }, { x: 4, y: 5 }), vec.angle({ x: 0, y: 0 })]).toEqual([5, 0]);
});

it("keep the laws", () => {
  fc.assert(
    fc.property(vector, vector, size, fc.double({ noNaN: true, min: -7, max: 7 }), (a, b, most, turn) => {
      expect(vec.length(vec.clampLength(a, most))).toBeLessThanOrEqual(most * (1 + 1e-15) + 1e-300);
      if (vec.length(a) <= most) expect(vec.clampLength(a, most)).toEqual(a);
      const left = vec.distance(a, b) - vec.distance(vec.approach(a, b, most), b);
      expect(left).toBeCloseTo(Math.min(most, vec.distance(a, b)), 6);
      if (vec.distance(a, b) <= most) expect(vec.approach(a, b, most)).toEqual(b);
      if (vec.length(a) > 1e-6) expect(vec.length(vec.normalize(a))).toBeCloseTo(1, 14);
      expect(vec.length(vec.rotate(a, turn))).toBeCloseTo(vec.length(a), 8);
      const back = vec.polar(vec.angle(a), vec.length(a));
      expect(vec.distance(back, a)).toBeLessThanOrEqual(vec.length(a) * 1e-15 + 1e-300);
    }),
  );
  expect(vec.rotate({ x: 1, y: 0 }, Math.PI / 2).y, "from x toward y").toBe(1);
});

describe("the place to write to", () => {
  const binary = { add: vec.add, sub: vec.sub };
  const unary = {
    scale: (v: vec.Vec, out?: vec.Vec) => vec.scale(v, 3, out),
    rotate: (v: vec.Vec, out?: vec.Vec) => vec.rotate(v, 1, out),
    normalize: vec.normalize,
    clampLength: (v: vec.Vec, out?: vec.Vec) => vec.clampLength(v, 1, out),
    round: vec.round,
  };
  const toward = {
    lerp: (a: vec.Vec, b: vec.Vec, out?: vec.Vec) => vec.lerp(a, b, 0.3, out),
    approach: (a: vec.Vec, b: vec.Vec, out?: vec.Vec) => vec.approach(a, b, 2, out),
  };

  it.each(Object.entries({ ...binary, ...toward }))("of %s may be either argument", (_name, fn) => {
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const expected = fn({ ...a }, { ...b });
        const first = { ...a };
        const second = { ...b };
        expect(fn(first, b, first)).toBe(first);
        expect(fn(a, second, second)).toBe(second);
        expect([first, second]).toEqual([expected, expected]);
      }),
    );
  });

  it.each(Object.entries(unary))("of %s may be its argument", (_name, fn) => {
    fc.assert(
      fc.property(vector, (v) => {
        const expected = fn({ ...v });
        const own = { ...v };
        expect(fn(own, own)).toBe(own);
        expect(own).toEqual(expected);
      }),
    );
  });

  it("may be a whole player; nothing else of it changes", () => {
    const player = { x: 1, y: 2, vx: 3, vy: 4, name: "me" };
    vec.add(player, { x: player.vx, y: player.vy }, player);
    expect(player).toEqual({ x: 4, y: 6, vx: 3, vy: 4, name: "me" });
  });
});
