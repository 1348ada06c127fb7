/** Fading lines behind things that move. */
import { seatStyle } from "./palette.ts";
import type { Point } from "./view.ts";

const TRAIL_MS = 380;
/** A thing that was put elsewhere draws no line across the field. */
const JUMP = 60;

export class Trails {
  readonly #points = new Map<number, { readonly at: Point; readonly when: number }[]>();

  /** Takes where everything is drawn now, and draws where it was. */
  draw(brush: CanvasRenderingContext2D, places: ReadonlyMap<number, Point>, now: number): void {
    for (const seat of this.#points.keys()) if (!places.has(seat)) this.#points.delete(seat);
    brush.lineCap = "round";
    for (const [seat, at] of places) {
      const kept = (this.#points.get(seat) ?? []).filter(({ when }) => now - when < TRAIL_MS);
      const last = kept[kept.length - 1]?.at;
      const isJump = last !== undefined && Math.hypot(at.x - last.x, at.y - last.y) > JUMP;
      const points = isJump ? [{ at, when: now }] : [...kept, { at, when: now }];
      this.#points.set(seat, points);
      brush.strokeStyle = seatStyle(seat).colour;
      for (let i = 1; i < points.length; i++) {
        const from = points[i - 1]!;
        const to = points[i]!;
        const freshness = 1 - (now - to.when) / TRAIL_MS;
        brush.globalAlpha = 0.3 * freshness;
        brush.lineWidth = 4 + 16 * freshness;
        brush.beginPath();
        brush.moveTo(from.at.x, from.at.y);
        brush.lineTo(to.at.x, to.at.y);
        brush.stroke();
      }
    }
    brush.globalAlpha = 1;
  }
}
