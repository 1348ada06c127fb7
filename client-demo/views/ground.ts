/** The ground of every field: a dark plate with a fine grid and a crisp edge. */
import { INK } from "../ui/palette.ts";

export interface Ground {
  readonly width: number;
  readonly height: number;
  /** Distance of the fine lines; every fourth is stronger. */
  readonly cell: number;
}

const STRONG_EVERY = 4;

/** Draws in field units; `scale` is pixels per unit, so that lines are one pixel wide. */
export function drawGround(brush: CanvasRenderingContext2D, { width, height, cell }: Ground, scale: number): void {
  brush.fillStyle = INK.field;
  brush.fillRect(0, 0, width, height);
  brush.lineWidth = 1 / scale;
  for (const isStrong of [false, true]) {
    brush.strokeStyle = isStrong ? INK.grid : INK.gridFine;
    brush.beginPath();
    for (let i = 1; i * cell < width; i++) {
      if ((i % STRONG_EVERY === 0) !== isStrong) continue;
      brush.moveTo(i * cell, 0);
      brush.lineTo(i * cell, height);
    }
    for (let i = 1; i * cell < height; i++) {
      if ((i % STRONG_EVERY === 0) !== isStrong) continue;
      brush.moveTo(0, i * cell);
      brush.lineTo(width, i * cell);
    }
    brush.stroke();
  }
  brush.strokeStyle = INK.edge;
  brush.lineWidth = 2 / scale;
  brush.strokeRect(0, 0, width, height);
}
