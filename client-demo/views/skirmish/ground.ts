/** The ground of the skirmish: plate, rocks and gold. All in cells. */
import { CELL, COLUMNS, columnOf, MINE_GOLD, MINES, ROCKS, ROWS, rowOf } from "../../../shared/games/skirmish/map.ts";
import type { FrozenState } from "../../../shared/games/skirmish/schema.ts";
import { INK } from "../../ui/palette.ts";
import { drawGround } from "../ground.ts";

const GRID_CELLS = 2;
const ROCK_DEPTH = 0.28;
/** Crystals of a mine: place and size around its middle, in cells. */
const CRYSTALS = [
  { x: -0.34, y: 0.2, size: 0.42 },
  { x: 0.32, y: 0.24, size: 0.38 },
  { x: 0, y: -0.1, size: 0.62 },
] as const;

export function drawSkirmishGround(brush: CanvasRenderingContext2D, scale: number): void {
  drawGround(brush, { width: COLUMNS, height: ROWS, cell: GRID_CELLS }, scale);
  drawRocks(brush, INK.wallShade, ROCK_DEPTH);
  drawRocks(brush, INK.wall, 0);
  brush.strokeStyle = INK.wallTop;
  brush.lineWidth = 0.08;
  brush.beginPath();
  const isRock = new Set(ROCKS);
  for (const cell of ROCKS) {
    if (rowOf(cell) === 0 || isRock.has(cell - COLUMNS)) continue;
    brush.moveTo(columnOf(cell), rowOf(cell) + 0.04);
    brush.lineTo(columnOf(cell) + 1, rowOf(cell) + 0.04);
  }
  brush.stroke();
}

function drawRocks(brush: CanvasRenderingContext2D, colour: string, shift: number): void {
  brush.fillStyle = colour;
  brush.beginPath();
  // A hair more than a cell: no seams between neighbours.
  for (const cell of ROCKS) brush.rect(columnOf(cell), rowOf(cell) + shift, 1.02, 1.02);
  brush.fill();
}

/** One that is empty is an outline. */
export function drawMines(brush: CanvasRenderingContext2D, { mines }: FrozenState): void {
  for (const [i, cell] of MINES.entries()) {
    const left = mines[i] ?? 0;
    const [x, y] = [columnOf(cell) + 0.5, rowOf(cell) + 0.5];
    const share = 0.55 + 0.45 * (left / MINE_GOLD);
    for (const crystal of CRYSTALS) {
      const size = crystal.size * share;
      brush.beginPath();
      brush.moveTo(x + crystal.x, y + crystal.y - size);
      brush.lineTo(x + crystal.x + 0.6 * size, y + crystal.y);
      brush.lineTo(x + crystal.x, y + crystal.y + 0.7 * size);
      brush.lineTo(x + crystal.x - 0.6 * size, y + crystal.y);
      brush.closePath();
      brush.lineWidth = 0.05;
      brush.strokeStyle = left > 0 ? "#fff0c9" : INK.muted;
      brush.fillStyle = left > 0 ? INK.accent : INK.field;
      brush.fill();
      brush.stroke();
    }
  }
}

/** A place on the field in the coordinates of the state. */
export const toState = (cells: number, most: number): number =>
  Math.max(0, Math.min(Math.round(cells * CELL), most - 1));
