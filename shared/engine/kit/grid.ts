/** A grid over the field that answers "what is near here?" without visiting everything. */
import type { Vec } from "./vec.ts";

const NONE = 0xffffffff;
const FEWEST_BUCKETS = 64;
const FARTHEST_CELL = 2147483648;

/**
 * Things by place, as a hash of square cells. It belongs to no world: keep it beside the rules as a constant, and in
 * every step `rebuild` it from the state before the first question. It then remembers nothing that a rollback or a
 * second room could disturb (a question before `rebuild` would: the sync test finds it). It reuses its memory.
 *
 * Example:
 * ```ts
 * const grid = new Grid(64);
 * // in step:
 * grid.rebuild(state.units);
 * for (const [id, unit] of state.units) for (const other of grid.near(unit.x, unit.y, 50)) if (other > id) meet(...);
 * ```
 *
 * Source: M. Teschner et al., "Optimized spatial hashing for collision detection of deformable objects" (2003).
 */
export class Grid {
  readonly #cellSize: number;
  /** Of each bucket the thing put there last, by index; of each thing the one before it in its bucket. */
  #heads = new Uint32Array(FEWEST_BUCKETS);
  readonly #next: number[] = [];
  readonly #ids: number[] = [];
  readonly #xs: number[] = [];
  readonly #ys: number[] = [];
  #count = 0;

  /**
   * @param cellSize side of a cell in units of the field, above 0: best about as large as the usual `reach`. It changes
   *   how long an answer takes, never the answer.
   * @throws RangeError for any other number.
   */
  constructor(cellSize: number) {
    if (!(cellSize > 0 && cellSize < Infinity)) throw new RangeError(`new Grid(${cellSize}): give a size above 0`);
    this.#cellSize = cellSize;
  }

  /**
   * Forgets everything and takes in these: a map of the state as it is, a list by its `entries()`. A thing that moves
   * afterwards is still found where it was.
   *
   * @throws RangeError when a place is not finite or more than 2^31 cells from (0, 0); the message names the id.
   */
  rebuild(things: Iterable<readonly [number, Readonly<Vec>]>): void {
    this.#count = 0;
    const farthest = FARTHEST_CELL * this.#cellSize;
    for (const [id, { x, y }] of things) {
      if (!(Math.abs(x) <= farthest && Math.abs(y) <= farthest))
        throw new RangeError(`grid.rebuild: ${id} stands at (${x}, ${y}), which is more than 2^31 cells away`);
      const index = this.#count++;
      this.#ids[index] = id;
      this.#xs[index] = x;
      this.#ys[index] = y;
    }
    if (this.#heads.length < this.#count) this.#heads = new Uint32Array(2 * this.#count);
    this.#heads.fill(NONE);
    for (let i = 0; i < this.#count; i++) {
      const bucket = this.#bucket(this.#cell(this.#xs[i] as number), this.#cell(this.#ys[i] as number));
      this.#next[i] = this.#heads[bucket] as number;
      this.#heads[bucket] = i;
    }
  }

  /**
   * The ids of all things not farther than `reach` from (x, y), ascending, whatever order they were put in.
   *
   * @param reach not negative.
   * @param found list to write into, emptied first; left out, a new one.
   */
  near(x: number, y: number, reach: number, found: number[] = []): number[] {
    found.length = 0;
    const left = this.#cell(x - reach);
    const top = this.#cell(y - reach);
    const columns = this.#cell(x + reach) - left + 1;
    const rows = this.#cell(y + reach) - top + 1;
    if (columns * rows > this.#count) {
      for (let i = 0; i < this.#count; i++) if (this.#isNear(i, x, y, reach)) found.push(this.#ids[i] as number);
    } else {
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++) this.#search(left + column, top + row, x, y, reach, found);
    }
    return found.sort(ascending);
  }

  #search(column: number, row: number, x: number, y: number, reach: number, found: number[]): void {
    for (let i = this.#heads[this.#bucket(column, row)] as number; i !== NONE; i = this.#next[i] as number) {
      // Other cells share the bucket, and would be found a second time when their own turn comes.
      if (this.#cell(this.#xs[i] as number) !== column || this.#cell(this.#ys[i] as number) !== row) continue;
      if (this.#isNear(i, x, y, reach)) found.push(this.#ids[i] as number);
    }
  }

  #isNear(index: number, x: number, y: number, reach: number): boolean {
    const dx = (this.#xs[index] as number) - x;
    const dy = (this.#ys[index] as number) - y;
    return dx * dx + dy * dy <= reach * reach;
  }

  #cell(coordinate: number): number {
    return Math.floor(coordinate / this.#cellSize);
  }

  #bucket(column: number, row: number): number {
    return ((Math.imul(column, 73856093) ^ Math.imul(row, 19349663)) >>> 0) % this.#heads.length;
  }
}

const ascending = (a: number, b: number): number => a - b;
