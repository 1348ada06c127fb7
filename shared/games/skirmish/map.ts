/** The ground plan of the skirmish: fixed, the same in all four corners, and the place where its units of length are chosen. */

export const TICK_RATE = 20;

/** Cells are what ways and buildings are counted in; places are counted in 64ths of one, which fits 16 bits. */
export const COLUMNS = 96;
export const ROWS = 64;
export const CELL = 64;
export const FIELD = { width: COLUMNS * CELL, height: ROWS * CELL } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const cellOf = (column: number, row: number): number => row * COLUMNS + column;
export const columnOf = (cell: number): number => cell % COLUMNS;
export const rowOf = (cell: number): number => Math.floor(cell / COLUMNS);
/** The cell of a place inside the field. */
export const cellAt = (x: number, y: number): number => (y >> 6) * COLUMNS + (x >> 6);
export const middleX = (cell: number): number => columnOf(cell) * CELL + CELL / 2;
export const middleY = (cell: number): number => rowOf(cell) * CELL + CELL / 2;

/** Where the four begin. */
export const STARTS: readonly number[] = mirrored([[12, 12]]);

/** Gold lies in cells that block the way. The first four are the nearest to each start, then the second nearest, and so on. */
export const MINES: readonly number[] = mirrored([
  [5, 15],
  [15, 5],
  [33, 6],
  [8, 29],
  [37, 24],
]);
export const MINE_GOLD = 6000;

/** Column, row, width, height of the rocks in the first corner. */
const ROCK_PLAN = [
  [22, 14, 3, 9],
  [13, 24, 9, 3],
  [27, 0, 3, 7],
  [33, 14, 8, 3],
  [29, 26, 3, 6],
  [44, 6, 4, 4],
  [45, 29, 3, 3],
  [0, 24, 4, 2],
] as const;

export const ROCKS: readonly number[] = mirrored(
  ROCK_PLAN.flatMap(([left, top, width, height]) =>
    Array.from({ length: width * height }, (_, i) => [left + (i % width), top + Math.floor(i / width)] as const),
  ),
);

/** By cell: 1 where nothing can ever stand. */
export const IS_SOLID: readonly number[] = (() => {
  const isSolid = Array.from({ length: COLUMNS * ROWS }, () => 0);
  for (const cell of [...ROCKS, ...MINES]) isSolid[cell] = 1;
  return isSolid;
})();

/** Places of the first corner in all four: each of them four times in a row. */
function mirrored(places: readonly (readonly [number, number])[]): number[] {
  return places.flatMap(([column, row]) => [
    cellOf(column, row),
    cellOf(COLUMNS - 1 - column, ROWS - 1 - row),
    cellOf(COLUMNS - 1 - column, row),
    cellOf(column, ROWS - 1 - row),
  ]);
}
