/** Fading lines behind things that move. */
import { seatStyle } from "../ui/palette.ts";
import type { Point } from "./view.ts";

/** A trail is drawn in layers, the youngest widest. */
const LAYERS = [
  { ms: 420, width: 5 },
  { ms: 300, width: 10 },
  { ms: 200, width: 16 },
  { ms: 110, width: 22 },
] as const;
const LAYER_ALPHA = 0.14;
/** A thing that was put elsewhere draws no line across the field. */
const JUMP = 60;

interface Footprint {
  readonly at: Point;
  readonly when: number;
}

export class Trails {
  readonly #footprints = new Map<number, Footprint[]>();

  /** Takes where everything is drawn now, and draws where it was. */
  draw(brush: CanvasRenderingContext2D, places: ReadonlyMap<number, Point>, now: number): void {
    for (const seat of this.#footprints.keys()) if (!places.has(seat)) this.#footprints.delete(seat);
    brush.lineCap = "round";
    brush.lineJoin = "round";
    brush.globalAlpha = LAYER_ALPHA;
    for (const [seat, at] of places) {
      const kept = (this.#footprints.get(seat) ?? []).filter(({ when }) => now - when < LAYERS[0].ms);
      const last = kept[kept.length - 1]?.at;
      const isJump = last !== undefined && Math.hypot(at.x - last.x, at.y - last.y) > JUMP;
      const footprints = isJump ? [{ at, when: now }] : [...kept, { at, when: now }];
      this.#footprints.set(seat, footprints);
      brush.strokeStyle = seatStyle(seat).colour;
      for (const { ms, width } of LAYERS) {
        brush.lineWidth = width;
        brush.beginPath();
        for (const footprint of footprints) if (now - footprint.when < ms) brush.lineTo(footprint.at.x, footprint.at.y);
        brush.stroke();
      }
    }
    brush.globalAlpha = 1;
  }
}
