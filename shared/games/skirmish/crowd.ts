/** The crowd: who stands near whom. Built anew in every step, it remembers nothing that a rollback could disturb. */
import { isBuilding, KINDS, Kind } from "./kinds.ts";
import { CELL, COLUMNS, ROWS } from "./map.ts";
import { type FrozenState, type FrozenUnit, MOST_SEATS, MOST_UNITS, NO_UNIT, Order } from "./schema.ts";

const MOST = MOST_SEATS * MOST_UNITS;
/** Fields of four cells by four know whose units are in them: searches for an enemy pass over those without. */
const SECTOR_BITS = 2;
const SECTOR = 1 << SECTOR_BITS;
const SECTORS_ACROSS = COLUMNS / SECTOR;
/** Two that stand nearer than this push each other apart. */
const ELBOW = 38;
/** An enemy that cannot strike counts as this much farther away, in 64ths of a cell. */
const HARMLESS = 160;

/**
 * All that move, sorted by cell: those of a row of cells lie side by side, so that a square is looked through row by row. Within
 * a cell they stand by ascending id, on every machine.
 */
export class Crowd {
  readonly #starts = new Uint16Array(COLUMNS * ROWS + 1);
  readonly #ids = new Uint16Array(MOST);
  readonly #xs = new Uint16Array(MOST);
  readonly #ys = new Uint16Array(MOST);
  readonly #owners = new Uint8Array(MOST);
  /** 1 for who gives way to nobody and is in nobody's way, 2 for who rests. */
  readonly #manners = new Uint8Array(MOST);
  readonly #buildings = new Uint16Array(MOST);
  #buildingCount = 0;
  readonly #seatsIn = new Uint8Array(SECTORS_ACROSS * (ROWS / SECTOR));
  /** The answer of `elbow`: which way to yield, in 64ths of a cell, and whether a resting friend is in the way. */
  pushX = 0;
  pushY = 0;
  isAtRest = false;

  /** Of the search that is under way. */
  #best = NO_UNIT;
  #least = 0;

  rebuild({ units }: FrozenState): void {
    const starts = this.#starts;
    starts.fill(0);
    this.#seatsIn.fill(0);
    this.#buildingCount = 0;
    for (let id = 0; id < units.length; id++) {
      const unit = units[id]!;
      if (unit.kind === Kind.none) continue;
      this.#seatsIn[sectorOf(unit.x >> 6, unit.y >> 6)]! |= 1 << unit.owner;
      if (isBuilding(unit.kind)) this.#buildings[this.#buildingCount++] = id;
      else starts[(unit.y >> 6) * COLUMNS + (unit.x >> 6)]! += 1;
    }
    let end = 0;
    for (let cell = 0; cell <= COLUMNS * ROWS; cell++) {
      end += starts[cell]!;
      starts[cell] = end;
    }
    for (let id = units.length - 1; id >= 0; id--) {
      const unit = units[id]!;
      if (unit.kind !== Kind.none && !isBuilding(unit.kind)) this.#place(unit, id);
    }
  }

  /** From the last to the first: a cell's start moves down to where it belongs. */
  #place({ x, y, owner, order }: FrozenUnit, id: number): void {
    const cell = (y >> 6) * COLUMNS + (x >> 6);
    const at = this.#starts[cell]! - 1;
    this.#starts[cell] = at;
    this.#ids[at] = id;
    this.#xs[at] = x;
    this.#ys[at] = y;
    this.#owners[at] = owner;
    this.#manners[at] = order === Order.gather ? 1 : order === Order.rest ? 2 : 0;
  }

  /** Answers in `pushX`, `pushY` and `isAtRest`. Two on the very same spot part by their ids. */
  elbow({ x, y, owner }: FrozenUnit, id: number): void {
    let pushX = 0;
    let pushY = 0;
    let isAtRest = false;
    // Of the nine cells around it, those that an elbow reaches into: four or five.
    const left = Math.max((x - ELBOW) >> 6, 0);
    const right = Math.min((x + ELBOW) >> 6, COLUMNS - 1);
    const bottom = Math.min((y + ELBOW) >> 6, ROWS - 1);
    for (let row = Math.max((y - ELBOW) >> 6, 0); row <= bottom; row++) {
      const end = this.#starts[row * COLUMNS + right + 1]!;
      for (let i = this.#starts[row * COLUMNS + left]!; i < end; i++) {
        const dx = x - this.#xs[i]!;
        const dy = y - this.#ys[i]!;
        const square = dx * dx + dy * dy;
        if (square >= ELBOW * ELBOW || this.#manners[i] === 1 || this.#ids[i] === id) continue;
        if (this.#manners[i] === 2 && this.#owners[i] === owner) isAtRest = true;
        if (square === 0) {
          pushX += this.#ids[i]! < id ? ELBOW / 4 : -ELBOW / 4;
          continue;
        }
        const share = ELBOW / (4 * Math.sqrt(square)) - 0.25;
        pushX += dx * share;
        pushY += dy * share;
      }
    }
    this.pushX = pushX;
    this.pushY = pushY;
    this.isAtRest = isAtRest;
  }

  /** The nearest enemy whose edge is within reach, who can strike before who cannot; `NO_UNIT` when there is none. */
  enemyOf(state: FrozenState, unit: FrozenUnit, reach: number): number {
    if (!this.#isEnemyAbout(unit, reach + CELL)) return NO_UNIT;
    this.#best = NO_UNIT;
    this.#least = reach * reach;
    // From its own row outward: what lies farther than the best so far need not be looked at.
    const row = unit.y >> 6;
    this.#searchRow(state, unit, row);
    for (let far = 1; far <= (reach >> 6) + 1 && (far - 1) * (far - 1) * CELL * CELL < this.#least; far++) {
      if (row >= far) this.#searchRow(state, unit, row - far);
      if (row + far < ROWS) this.#searchRow(state, unit, row + far);
    }
    for (let i = 0; i < this.#buildingCount; i++) {
      const id = this.#buildings[i]!;
      const building = state.units[id];
      if (building === undefined || !isBuilding(building.kind) || building.owner === unit.owner) continue;
      const square = gapSquare(unit, building);
      if (square >= reach * reach) continue;
      if (this.#best === NO_UNIT || square + HARMLESS * HARMLESS < this.#least) {
        this.#best = id;
        this.#least = Math.min(this.#least, square + HARMLESS * HARMLESS);
      }
    }
    return this.#best;
  }

  #searchRow({ units }: FrozenState, { x, y, owner }: FrozenUnit, row: number): void {
    const reach = Math.sqrt(this.#least);
    const others = ~(1 << owner);
    // Neither end of the row is of interest where only friends are.
    let left = Math.max((x - reach) >> 6, 0);
    let right = Math.min((x + reach) >> 6, COLUMNS - 1);
    while (left <= right && (this.#seatsIn[sectorOf(left, row)]! & others) === 0) left += SECTOR - (left % SECTOR);
    while (left <= right && (this.#seatsIn[sectorOf(right, row)]! & others) === 0) right -= 1 + (right % SECTOR);
    if (left > right) return;
    const end = this.#starts[row * COLUMNS + right + 1]!;
    for (let i = this.#starts[row * COLUMNS + left]!; i < end; i++) {
      if (this.#owners[i] === owner) continue;
      const dx = x - this.#xs[i]!;
      const dy = y - this.#ys[i]!;
      let square = dx * dx + dy * dy;
      if (square >= this.#least) continue;
      const id = this.#ids[i]!;
      const { kind } = units[id]!;
      if (kind === Kind.worker) square += HARMLESS * HARMLESS;
      if (kind === Kind.none || square >= this.#least) continue;
      this.#least = square;
      this.#best = id;
    }
  }

  #isEnemyAbout({ x, y, owner }: FrozenUnit, reach: number): boolean {
    const left = Math.max((x - reach) >> 6, 0);
    const right = Math.min((x + reach) >> 6, COLUMNS - 1);
    const top = Math.max((y - reach) >> 6, 0);
    const bottom = Math.min((y + reach) >> 6, ROWS - 1);
    const others = ~(1 << owner);
    for (let row = top - (top % SECTOR); row <= bottom; row += SECTOR)
      for (let column = left - (left % SECTOR); column <= right; column += SECTOR)
        if ((this.#seatsIn[sectorOf(column, row)]! & others) !== 0) return true;
    return false;
  }
}

const sectorOf = (column: number, row: number): number =>
  (row >> SECTOR_BITS) * SECTORS_ACROSS + (column >> SECTOR_BITS);

/** The square of the distance from the middle of one unit to the edge of another. */
export function gapSquare({ x, y }: FrozenUnit, other: FrozenUnit): number {
  const { half } = KINDS[other.kind]!;
  const dx = Math.max(0, Math.abs(other.x - x) - half);
  const dy = Math.max(0, Math.abs(other.y - y) - half);
  return dx * dx + dy * dy;
}
