/** The flow field of one goal: from every cell of a grid how far it is, and which way. */

/** Lengths are whole: 5 along an axis, 7 across a corner, which is 1.4 times as much. */
const STRAIGHT = 5;
const DIAGONAL = 7;
const NO_WAY = 0xffffffff;
/** No direction: one is there, or there is no way. */
const STAY = 8;
/** With a direction: it is final. */
const DONE = 16;
/** East, south, west, north, then the corners between them. Of ways that are equally short the first of these is taken. */
const COLUMNS_ON = [1, 0, -1, 0, 1, -1, -1, 1] as const;
const ROWS_ON = [0, 1, 0, -1, 1, 1, -1, -1] as const;

/** The size of a grid, and from a cell to the next, by direction. */
export interface Lattice {
  readonly columns: number;
  readonly rows: number;
  readonly offsets: readonly number[];
}

/** What is blocked, and by cell a bit for each direction in which one may come into it. */
export interface Floor {
  readonly blocked: Uint8Array;
  readonly moves: Uint8Array;
}

export const latticeOf = (columns: number, rows: number): Lattice => ({
  columns,
  rows,
  offsets: [...COLUMNS_ON.map((across, direction) => across + columns * (ROWS_ON[direction] as number)), 0],
});

/** Works out `moves` from `blocked`. Out of what is blocked leads a way, into it none. */
export function findMoves({ columns, offsets }: Lattice, { blocked, moves }: Floor): void {
  for (let cell = 0, column = 0; cell < blocked.length; cell++, column = cell % columns) {
    let bits = 0;
    for (let direction = 0; direction < STAY; direction++) {
      const across = COLUMNS_ON[direction] as number;
      if (column < across || column - across >= columns) continue;
      if (mayCome(blocked, cell, cell - (offsets[direction] as number), across)) bits |= 1 << direction;
    }
    moves[cell] = bits;
  }
}

/** From `before` into `cell`, `across` columns on. */
function mayCome(blocked: Uint8Array, cell: number, before: number, across: number): boolean {
  if (before < 0 || before >= blocked.length || (blocked[cell] === 1 && blocked[before] === 0)) return false;
  const isDiagonal = across !== 0 && cell - across !== before;
  return !isDiagonal || (blocked[before + across] === 0 && blocked[cell - across] === 0);
}

/**
 * The ways to one goal, worked out from it outward as far as somebody has asked.
 *
 * Source: E. W. Dijkstra, "A note on two problems in connexion with graphs" (1959); as there are only two lengths, two queues
 * that are each in order stand for a heap, and hold no cell twice.
 */
export class FlowField {
  readonly #lattice: Lattice;
  readonly #lengths: Uint32Array;
  /** A direction, and `DONE` when it is final. */
  readonly #steps: Uint8Array;
  readonly #straight: Uint16Array;
  readonly #diagonal: Uint16Array;
  #floor: Floor | undefined;
  #straightAt = 0;
  #straightEnd = 0;
  #diagonalAt = 0;
  #diagonalEnd = 0;

  /** @param lattice of at most 65,536 cells. */
  constructor(lattice: Lattice) {
    const cells = lattice.columns * lattice.rows;
    this.#lattice = lattice;
    this.#lengths = new Uint32Array(cells);
    this.#steps = new Uint8Array(cells);
    this.#straight = new Uint16Array(cells);
    this.#diagonal = new Uint16Array(cells);
  }

  /** Forgets everything and begins at a goal. The floor must stay as it is from now on. */
  begin(floor: Floor, goal: number): void {
    this.#floor = floor;
    this.#lengths.fill(NO_WAY);
    this.#steps.fill(STAY);
    this.#straightAt = this.#diagonalAt = this.#diagonalEnd = 0;
    this.#straightEnd = this.#putEnds(floor.blocked, goal);
  }

  /** The length of the way from a cell; `Infinity` when there is none. */
  length(cell: number): number {
    this.#reach(cell);
    const length = this.#lengths[cell] as number;
    return length === NO_WAY ? Infinity : length;
  }

  /** The first cell of it, or the same one. */
  stepFrom(cell: number): number {
    this.#reach(cell);
    return cell + (this.#lattice.offsets[(this.#steps[cell] as number) & ~DONE] as number);
  }

  /** Outward until this cell is done: whoever is nearest of the two queues' first is the next. */
  #reach(wanted: number): void {
    const steps = this.#steps;
    if (((steps[wanted] as number) & DONE) !== 0) return;
    const straight = this.#straight;
    const diagonal = this.#diagonal;
    const lengths = this.#lengths;
    const { moves } = this.#floor as Floor;
    const { offsets } = this.#lattice;
    while (this.#straightAt < this.#straightEnd || this.#diagonalAt < this.#diagonalEnd) {
      const near =
        this.#straightAt < this.#straightEnd ? (lengths[straight[this.#straightAt] as number] as number) : NO_WAY;
      const isDiagonal =
        this.#diagonalAt < this.#diagonalEnd && (lengths[diagonal[this.#diagonalAt] as number] as number) < near;
      const cell = (isDiagonal ? diagonal[this.#diagonalAt++] : straight[this.#straightAt++]) as number;
      if (((steps[cell] as number) & DONE) !== 0) continue;
      steps[cell] = (steps[cell] as number) | DONE;
      const length = lengths[cell] as number;
      for (let bits = moves[cell] as number, direction = 0; bits !== 0; bits >>= 1, direction++) {
        if ((bits & 1) === 0) continue;
        const other = cell - (offsets[direction] as number);
        const through = length + (direction < 4 ? STRAIGHT : DIAGONAL);
        const best = lengths[other] as number;
        if (through > best || ((steps[other] as number) & DONE) !== 0) continue;
        if (through < best) {
          lengths[other] = through;
          steps[other] = direction;
          if (direction < 4) straight[this.#straightEnd++] = other;
          else diagonal[this.#diagonalEnd++] = other;
        } else if (direction < (steps[other] as number)) steps[other] = direction;
      }
      if (cell === wanted) return;
    }
  }

  /** Puts the ends of all ways into the queue and says how many there are: the goal, or the open cells nearest to it. */
  #putEnds(blocked: Uint8Array, goal: number): number {
    const { columns, rows } = this.#lattice;
    const column = goal % columns;
    const row = (goal - column) / columns;
    const reach = Math.max(columns, rows);
    let count = 0;
    for (let ring = 0; ring < reach && count === 0; ring++) {
      for (let y = Math.max(0, row - ring); y <= Math.min(rows - 1, row + ring); y++) {
        // Whole rows at the top and bottom of the ring, and only its two ends between.
        const stride = Math.abs(y - row) === ring ? 1 : 2 * ring;
        for (let x = column - ring; x <= column + ring; x += stride) {
          const cell = y * columns + x;
          if (x < 0 || x >= columns || blocked[cell] === 1) continue;
          this.#lengths[cell] = 0;
          this.#straight[count++] = cell;
        }
      }
    }
    return count;
  }
}
