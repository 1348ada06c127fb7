/** A path grid: ways over square cells, around what is blocked, that a whole army can ask for at once. */

import { type Floor, FlowField, findMoves, type Lattice, latticeOf } from "./flow-field.ts";

const MOST_CELLS = 65536;
const NO_FIELD = -1;
const MOST_LAYOUTS = 256;
/** What was not used in so many rebuilds is used for something else: a minute of one world at 20 ticks a second. */
const FORGOTTEN_AFTER = 1200;

/** What is blocked, and which field is known for each goal. A process with many rooms has many, a rollback over a new wall two. */
interface Layout extends Floor {
  readonly fieldOf: Int16Array;
  /** The cells as they were given, and a number of them: lists that differ in it need not be compared. */
  given: readonly number[];
  key: number;
  usedAt: number;
}

interface Field {
  readonly flow: FlowField;
  layout: Layout | undefined;
  goal: number;
  usedAt: number;
}

/**
 * Shortest ways over `columns` x `rows` cells, as a flow field for each goal that is asked for: worked out once (about 50 ns a
 * cell), and no farther than somebody has asked, then any number of things are told their next cell at the cost of reading an array. A cell is a number,
 * `row * columns + column`. One moves to the eight cells around; across a corner only where both cells beside it are open.
 *
 * It belongs to no world: keep it beside the rules as a constant, and in every step `rebuild` it from the state before the
 * first question. What it remembers changes how long an answer takes, never the answer. How many different goals are asked
 * for in a tick is the bill: bound it in the rules.
 *
 * Example:
 * ```ts
 * const paths = new PathGrid({ columns: 96, rows: 64, blocked: ROCKS });
 * // in step:
 * paths.rebuild(state.walls);
 * for (const unit of state.units) unit.cell = paths.stepFrom(unit.cell, unit.goal);
 * ```
 */
export class PathGrid {
  readonly #lattice: Lattice;
  readonly #fixed: Uint8Array;
  readonly #most: number;
  readonly #layouts: Layout[] = [];
  readonly #fields: Field[] = [];
  readonly #given: number[] = [];
  #layout: Layout;
  #time = 0;

  /**
   * @param grid `columns` x `rows`: whole, from 1, at most 65,536 cells. `blocked`: cells that always are. `fields`: the most
   *   goals whose ways are remembered, of all rooms of the process together, 512 when left out; each takes 9 bytes a cell.
   * @throws RangeError when one of them is out of range; the message has the numbers.
   */
  constructor(grid: { columns: number; rows: number; blocked?: Iterable<number>; fields?: number }) {
    const { columns, rows, blocked = [], fields = 512 } = grid;
    const isWhole = [columns, rows, fields].every((value) => Number.isInteger(value) && value >= 1);
    if (!isWhole || columns * rows > MOST_CELLS || fields > 32767)
      throw new RangeError(
        `new PathGrid: ${columns} x ${rows} cells, ${fields} fields: give whole numbers from 1, at most ${MOST_CELLS} cells`,
      );
    const cells = columns * rows;
    this.#lattice = latticeOf(columns, rows);
    this.#most = fields;
    this.#fixed = new Uint8Array(cells);
    for (const cell of blocked) this.#fixed[this.#check(cell)] = 1;
    this.#layout = this.#layoutOf(0);
  }

  /**
   * Says what is blocked now, beside what always is.
   *
   * @throws RangeError when one is no cell; what was blocked before still is then.
   */
  rebuild(blocked: Iterable<number> = []): void {
    const given = this.#given;
    let key = 0;
    given.length = 0;
    for (const cell of blocked) {
      given.push(this.#check(cell));
      key = (Math.imul(key, 31) + cell + 1) | 0;
    }
    this.#time++;
    this.#layout = this.#layoutOf(key);
    this.#layout.usedAt = this.#time;
  }

  /** @throws RangeError when it is no cell. */
  isOpen(cell: number): boolean {
    return this.#layout.blocked[this.#check(cell)] === 0;
  }

  /**
   * The cell to go to first on the shortest way from one cell to another; `from` itself when that is the end of it, or when there is
   * no way. A way to a blocked goal ends at the open cells nearest to it, counted as a king of chess moves: around a
   * building. Who stands in what is blocked is led out.
   *
   * @throws RangeError when one is no cell.
   */
  stepFrom(from: number, goal: number): number {
    return this.#fieldOf(goal).stepFrom(this.#check(from));
  }

  /**
   * The length of that way: 5 for each step along an axis, 7 for each across a corner; `Infinity` when there is none.
   *
   * @throws RangeError when one is no cell.
   */
  length(from: number, goal: number): number {
    return this.#fieldOf(goal).length(this.#check(from));
  }

  #check(cell: number): number {
    if (!(Number.isInteger(cell) && cell >= 0 && cell < this.#fixed.length))
      throw new RangeError(`PathGrid: ${cell} is no cell; there are 0 to ${this.#fixed.length - 1}`);
    return cell;
  }

  /** The one for what is given. */
  #layoutOf(key: number): Layout {
    const given = this.#given;
    for (const known of this.#layouts) if (known.key === key && isSame(known.given, given)) return known;
    let layout = this.#spare(this.#layouts, MOST_LAYOUTS);
    if (layout === undefined) {
      const cells = this.#fixed.length;
      const floor = { blocked: new Uint8Array(cells), moves: new Uint8Array(cells) };
      layout = { ...floor, fieldOf: new Int16Array(cells), given: [], key, usedAt: 0 };
      this.#layouts.push(layout);
    }
    for (const field of this.#fields) if (field.layout === layout) field.layout = undefined;
    layout.blocked.set(this.#fixed);
    for (const cell of given) layout.blocked[cell] = 1;
    findMoves(this.#lattice, layout);
    layout.fieldOf.fill(NO_FIELD);
    layout.given = given.slice();
    layout.key = key;
    return layout;
  }

  #fieldOf(goal: number): FlowField {
    const known = this.#layout.fieldOf[this.#check(goal)] as number;
    const field = known === NO_FIELD ? this.#newField(goal) : (this.#fields[known] as Field);
    field.usedAt = this.#time;
    return field.flow;
  }

  #newField(goal: number): Field {
    let field = this.#spare(this.#fields, this.#most);
    if (field === undefined) {
      field = { flow: new FlowField(this.#lattice), layout: undefined, goal, usedAt: 0 };
      this.#fields.push(field);
    }
    if (field.layout !== undefined) field.layout.fieldOf[field.goal] = NO_FIELD;
    field.layout = this.#layout;
    field.goal = goal;
    this.#layout.fieldOf[goal] = this.#fields.indexOf(field);
    field.flow.begin(this.#layout, goal);
    return field;
  }

  /** The one that was not used for longest, if that is long or there must be no more of them. */
  #spare<T extends { readonly usedAt: number }>(all: readonly T[], most: number): T | undefined {
    let oldest = all[0];
    for (const one of all) if (one.usedAt < (oldest as T).usedAt) oldest = one;
    const mayGrow = all.length < most;
    return oldest === undefined || (mayGrow && this.#time - oldest.usedAt < FORGOTTEN_AFTER) ? undefined : oldest;
  }
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
