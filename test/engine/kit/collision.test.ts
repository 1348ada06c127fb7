/** Shapes: overlap, the way out of it, and the first hit on a way agree with each other and with looking closely. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as overlap from "../../../shared/engine/kit/overlap.ts";
import { pushCircleFromCircle, pushCircleFromRect, pushRectFromRect } from "../../../shared/engine/kit/push-out.ts";
import type { Rect } from "../../../shared/engine/kit/rect.ts";
import { segmentHitsCircle, segmentHitsRect } from "../../../shared/engine/kit/segment.ts";
import { add, lerp, type Vec } from "../../../shared/engine/kit/vec.ts";

const int = fc.integer({ min: -60, max: 60 });
const size = fc.integer({ min: 1, max: 40 });
const vec = fc.record({ x: int, y: int });
const rect = fc
  .tuple(vec, size, size)
  .map(([{ x, y }, width, height]): Rect => ({ left: x, top: y, right: x + width, bottom: y + height }));
const runs = { numRuns: process.env.CI ? 3000 : 500 };
const NONE = { x: 0, y: 0 };
const WALL: Rect = { left: 10, top: 0, right: 20, bottom: 40 };

const moved = (r: Rect, by: Vec): Rect => ({
  left: r.left + by.x,
  top: r.top + by.y,
  right: r.right + by.x,
  bottom: r.bottom + by.y,
});
const sizeOf = (by: Vec): number => Math.sqrt(by.x * by.x + by.y * by.y);

describe("overlap", () => {
  it("of two that touch is none, of two that share more than an edge is one", () => {
    expect(overlap.circlesOverlap({ x: 0, y: 0 }, 3, { x: 3, y: 4 }, 2)).toBe(false);
    expect(overlap.circlesOverlap({ x: 0, y: 0 }, 3, { x: 3, y: 4 }, 2.001)).toBe(true);
    expect(overlap.circleOverlapsRect({ x: 7, y: -4 }, 5, WALL)).toBe(false);
    expect(overlap.circleOverlapsRect({ x: 7, y: -4 }, 5.001, WALL)).toBe(true);
    expect(overlap.circleOverlapsRect({ x: 15, y: 20 }, 1, WALL), "inside").toBe(true);
    expect(overlap.rectsOverlap(WALL, moved(WALL, { x: 10, y: 0 }))).toBe(false);
    expect(overlap.rectsOverlap(WALL, moved(WALL, { x: 9, y: 39 }))).toBe(true);
  });

  it("with a point counts the edge of a circle, and of a rectangle left and top", () => {
    expect(overlap.pointInCircle({ x: 3, y: 4 }, { x: 0, y: 0 }, 5)).toBe(true);
    expect(overlap.pointInCircle({ x: 3, y: 4.001 }, { x: 0, y: 0 }, 5)).toBe(false);
    const corners = [
      { x: 10, y: 0 },
      { x: 20, y: 0 },
      { x: 10, y: 40 },
    ];
    expect(corners.map((point) => overlap.pointInRect(point, WALL))).toEqual([true, false, false]);
  });

  it("does not mind which of two is named first", () => {
    fc.assert(
      fc.property(vec, size, vec, size, rect, rect, (a, r, b, s, box, other) => {
        expect(overlap.circlesOverlap(a, r, b, s)).toBe(overlap.circlesOverlap(b, s, a, r));
        expect(overlap.rectsOverlap(box, other)).toBe(overlap.rectsOverlap(other, box));
      }),
      runs,
    );
  });
});

describe("the push out", () => {
  it("is none without overlap, and ends one with it, by no more than needed", () => {
    fc.assert(
      fc.property(vec, size, vec, size, rect, rect, (a, r, b, s, box, other) => {
        const fromCircle = pushCircleFromCircle(a, r, b, s);
        const fromRect = pushCircleFromRect(a, r, box);
        const ofRect = pushRectFromRect(box, other);
        if (!overlap.circlesOverlap(a, r, b, s)) expect(fromCircle).toEqual(NONE);
        else expect(sizeOf(add(add(a, fromCircle), { x: -b.x, y: -b.y }))).toBeCloseTo(r + s, 9);
        if (!overlap.circleOverlapsRect(a, r, box)) expect(fromRect).toEqual(NONE);
        else {
          expect(sizeOf(fromRect)).toBeGreaterThan(0);
          expect(overlap.circleOverlapsRect(add(a, fromRect), r - 1e-9, box)).toBe(false);
          expect(overlap.circleOverlapsRect(add(a, fromRect), r + 1e-9, box), "touches").toBe(true);
        }
        if (!overlap.rectsOverlap(box, other)) expect(ofRect).toEqual(NONE);
        else {
          expect(overlap.rectsOverlap(moved(box, ofRect), other)).toBe(false);
          for (const share of [0, 0.5, 0.99])
            expect(overlap.rectsOverlap(moved(box, { x: ofRect.x * share, y: ofRect.y * share }), other)).toBe(true);
        }
      }),
      runs,
    );
  });

  it("from a rectangle takes the nearest side for a center inside, and of equals left, right, up, down", () => {
    expect(pushCircleFromRect({ x: 12, y: 20 }, 5, WALL)).toEqual({ x: -7, y: 0 });
    expect(pushCircleFromRect({ x: 18, y: 20 }, 5, WALL)).toEqual({ x: 7, y: 0 });
    expect(pushCircleFromRect({ x: 15, y: 1 }, 5, WALL)).toEqual({ x: 0, y: -6 });
    expect(pushCircleFromRect({ x: 15, y: 39 }, 5, WALL)).toEqual({ x: 0, y: 6 });
    expect(pushCircleFromRect({ x: 15, y: 5 }, 5, WALL), "all alike").toEqual({ x: -10, y: 0 });
    expect(pushRectFromRect(WALL, WALL)).toEqual({ x: -10, y: 0 });
  });

  it("of two circles on one spot is along x; it may be written into the circle itself", () => {
    expect(pushCircleFromCircle({ x: 1, y: 1 }, 3, { x: 1, y: 1 }, 4)).toEqual({ x: 7, y: 0 });
    const out = { x: 6, y: 8 };
    expect(pushCircleFromCircle(out, 10, { x: 0, y: 0 }, 5, out)).toBe(out);
    expect(out).toEqual({ x: 3, y: 4 });
    const inside = { x: 12, y: 20 };
    expect(pushCircleFromRect(inside, 5, WALL, inside)).toEqual({ x: -7, y: 0 });
  });
});

describe("the first hit on a way", () => {
  it("says what the examples say", () => {
    expect(segmentHitsCircle({ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 60, y: 0 }, 10)).toBe(0.5);
    expect(segmentHitsRect({ x: 0, y: 5 }, { x: 20, y: 5 }, { left: 10, top: 0, right: 12, bottom: 9 })).toBe(0.5);
    expect(segmentHitsCircle({ x: 0, y: 10 }, { x: 100, y: 10 }, { x: 60, y: 0 }, 10), "touches").toBeUndefined();
    expect(
      segmentHitsRect({ x: 0, y: 9 }, { x: 20, y: 9 }, { left: 10, top: 0, right: 12, bottom: 9 }),
    ).toBeUndefined();
    expect(
      segmentHitsRect({ x: 0, y: 0 }, { x: 20, y: 0 }, { left: 10, top: 0, right: 12, bottom: 9 }),
    ).toBeUndefined();
    expect(
      segmentHitsRect({ x: 10, y: 0 }, { x: 10, y: 9 }, { left: 10, top: 0, right: 12, bottom: 9 }),
    ).toBeUndefined();
    expect(segmentHitsCircle({ x: 0, y: 0 }, { x: 50, y: 0 }, { x: 60, y: 0 }, 10), "just arrives").toBeUndefined();
    expect(segmentHitsCircle({ x: 50, y: 0 }, { x: 51, y: 0 }, { x: 60, y: 0 }, 10), "goes on from there").toBe(0);
    expect(segmentHitsCircle({ x: 50, y: 0 }, { x: 49, y: 0 }, { x: 60, y: 0 }, 10), "goes away").toBeUndefined();
    expect(segmentHitsRect({ x: 11, y: 5 }, { x: 11, y: 5 }, { left: 10, top: 0, right: 12, bottom: 9 })).toBe(0);
  });

  it.each(["circle", "rect"] as const)("of a %s is on its edge, and nothing before it is inside", (kind) => {
    fc.assert(
      fc.property(vec, vec, vec, size, rect, (from, to, center, radius, box) => {
        const hit = kind === "circle" ? segmentHitsCircle(from, to, center, radius) : segmentHitsRect(from, to, box);
        const isDeep = (share: number, margin: number): boolean => {
          const { x, y } = lerp(from, to, share);
          if (kind === "circle") return sizeOf({ x: x - center.x, y: y - center.y }) < radius - margin;
          return Math.min(x - box.left, box.right - x, y - box.top, box.bottom - y) > margin;
        };
        if (isDeep(0, 0)) expect(hit).toBe(0);
        if (hit !== undefined) {
          expect(hit >= 0 && hit < 1).toBe(true);
          expect(isDeep(hit, -1e-9), "on the edge, or inside").toBe(true);
        }
        if (hit === 0) return;
        for (let i = 0; i <= 100; i++) {
          const share = ((hit ?? 1) * i) / 100;
          expect(isDeep(share, 1e-9), `at ${share} of a way hit at ${hit}`).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
