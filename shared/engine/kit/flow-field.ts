/** The flow field of one goal: from every cell of a grid how far it is, and which way. */

/** Lengths are whole: 5 along an axis, 7 across a corner, which is 1.4 times as much. */
const STRAIGHT = 5;
const DIAGONAL = 7;
export const NO_WAY = 0xffffffff;
/** No direction: one is there, or there is no way. */
export const STAY = 8;
/** East, south, west, north, then the corners between them. Of ways that are equally short the first of these is taken. */
export const COLUMNS_ON = [1, 0, -1, 0, 1, -1, -1, 1] as const;
export const ROWS_ON = [0, 1, 0, -1, 1, 1, -1, -1] as const;

/** By cell: the length of the way to the goal, or `NO_WAY`; and its first direction, or `STAY`. */
export interface FlowField {
  readonly lengths: Uint32Array;
  readonly steps: Uint8Array;
}

/**
 * Works out flow fields, one after the other, in the same memory.
 *
 * Source: E. W. Dijkstra, "A note on two problems in connexion with graphs" (1959), from the goal outward; as there are only
 * two lengths, two queues that are each in order stand for a heap, and hold no cell twice.
 */
export class Flood {
  readonly #columns: number;
  readonly #rows: number;
  readonly #straight: Uint16Array;
  readonly #diagonal: Uint16Array;
  readonly #isDone: Uint8Array;

  /** @param columns times `rows`: at most 65,536. */
  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#rows = rows;
    this.#straight = new Uint16Array(columns * rows);
    this.#diagonal = new Uint16Array(columns * rows);
    this.#isDone = new Uint8Array(columns * rows);
  }

  /** From the ends outward: whoever is nearest of the two queues' first is done. */
  run(blocked: Uint8Array, goal: number, { lengths, steps }: FlowField): void {
    const straight = this.#straight;
    const diagonal = this.#diagonal;
    lengths.fill(NO_WAY);
    steps.fill(STAY);
    this.#isDone.fill(0);
    let straightEnd = this.#begin(blocked, goal, lengths);
    let diagonalEnd = 0;
    let s = 0;
    let d = 0;
    while (s < straightEnd || d < diagonalEnd) {
      const near = s < straightEnd ? (lengths[straight[s] as number] as number) : NO_WAY;
      const isDiagonal = d < diagonalEnd && (lengths[diagonal[d] as number] as number) < near;
      const cell = (isDiagonal ? diagonal[d++] : straight[s++]) as number;
      if (this.#isDone[cell] === 1) continue;
      this.#isDone[cell] = 1;
      const length = lengths[cell] as number;
      for (let direction = 0; direction < STAY; direction++) {
        const other = this.#before(blocked, cell, direction);
        if (other < 0 || this.#isDone[other] === 1) continue;
        const through = length + (direction < 4 ? STRAIGHT : DIAGONAL);
        const best = lengths[other] as number;
        if (through < best) {
          lengths[other] = through;
          steps[other] = direction;
          if (direction < 4) straight[straightEnd++] = other;
          else diagonal[diagonalEnd++] = other;
        } else if (through === best && direction < (steps[other] as number)) steps[other] = direction;
      }
    }
  }

  /** Puts the ends of all ways into the queue and says how many there are: the goal, or the open cells nearest to it. */
  #begin(blocked: Uint8Array, goal: number, lengths: Uint32Array): number {
    const column = goal % this.#columns;
    const row = (goal - column) / this.#columns;
    let count = 0;
    const reach = Math.max(this.#columns, this.#rows);
    for (let ring = 0; ring < reach && count === 0; ring++) {
      for (let y = Math.max(0, row - ring); y <= Math.min(this.#rows - 1, row + ring); y++) {
        // Whole rows at the top and bottom of the ring, and only its two ends between.
        const stride = Math.abs(y - row) === ring ? 1 : 2 * ring;
        for (let x = column - ring; x <= column + ring; x += stride) {
          const cell = y * this.#columns + x;
          if (x < 0 || x >= this.#columns || blocked[cell] === 1) continue;
          lengths[cell] = 0;
          this.#straight[count++] = cell;
        }
      }
    }
    return count;
  }

  /** The cell from which `direction` leads to this one, or -1. Out of what is blocked leads a way, into it none. */
  #before(blocked: Uint8Array, cell: number, direction: number): number {
    const columns = this.#columns;
    const x = (cell % columns) - (COLUMNS_ON[direction] as number);
    const before = cell - (COLUMNS_ON[direction] as number) - columns * (ROWS_ON[direction] as number);
    if (x < 0 || x >= columns || before < 0 || before >= blocked.length) return -1;
    if (blocked[cell] === 1 && blocked[before] === 0) return -1;
    if (direction < 4) return before;
    const beside = before + (COLUMNS_ON[direction] as number);
    const below = cell - (COLUMNS_ON[direction] as number);
    return blocked[beside] === 1 || blocked[below] === 1 ? -1 : before;
  }
}
