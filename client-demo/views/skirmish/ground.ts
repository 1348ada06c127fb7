/** The ground of the skirmish: plate, rocks and gold. All in cells. */
import { CELL, COLUMNS, columnOf, MINE_GOLD, MINES, ROCKS, ROWS, rowOf } from "../../../shared/games/skirmish/map.ts";
import type { FrozenState } from "../../../shared/games/skirmish/schema.ts";
import { INK } from "../../ui/palette.ts";
import { drawGround } from "../ground.ts";

const GRID_CELLS = 2;
const ROCK_DEPTH = 0.28;
const ROCK_TOP = 0.08;
/** Crystals of a mine: place and size around its middle, in cells. */
const CRYSTALS = [
  { x: -0.34, y: 0.2, size: 0.42 },
  { x: 0.32, y: 0.24, size: 0.38 },
  { x: 0, y: -0.1, size: 0.62 },
] as const;

/** Column, row, width and height: a few rectangles are drawn in no time, hundreds of cells in one path are not. */
export type Block = readonly [column: number, row: number, width: number, height: number];

/** Cells as blocks: runs of a row, and those of the rows below that are alike. */
export function blocksOf(cells: readonly number[]): Block[] {
  const left = new Set(cells);
  const blocks: Block[] = [];
  for (const first of [...cells].sort((a, b) => a - b)) {
    if (!left.has(first)) continue;
    const isRun = (from: number, width: number): boolean => {
      for (let i = 0; i < width; i++) if (!left.has(from + i)) return false;
      return true;
    };
    let width = 1;
    while (columnOf(first) + width < COLUMNS && left.has(first + width)) width++;
    let height = 1;
    while (isRun(first + height * COLUMNS, width)) height++;
    for (let i = 0; i < width * height; i++) left.delete(first + (i % width) + Math.floor(i / width) * COLUMNS);
    blocks.push([columnOf(first), rowOf(first), width, height]);
  }
  return blocks;
}

export const ROCK_BLOCKS = blocksOf(ROCKS);

export function drawSkirmishGround(brush: CanvasRenderingContext2D, scale: number): void {
  drawGround(brush, { width: COLUMNS, height: ROWS, cell: GRID_CELLS }, scale);
  brush.fillStyle = INK.wallShade;
  for (const [column, row, width, height] of ROCK_BLOCKS) brush.fillRect(column, row + ROCK_DEPTH, width, height);
  brush.fillStyle = INK.wall;
  for (const [column, row, width, height] of ROCK_BLOCKS) brush.fillRect(column, row, width, height);
  brush.fillStyle = INK.wallTop;
  for (const [column, row, width] of ROCK_BLOCKS) if (row > 0) brush.fillRect(column, row, width, ROCK_TOP);
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
