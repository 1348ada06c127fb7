/** The lens over the field: which part of it the screen shows, as the player moves and zooms it. Counts in cells. */
import { COLUMNS, ROWS } from "../../../shared/games/skirmish/map.ts";
import type { Point, Screen } from "../view.ts";

/** Pixels a cell: a thumb must hit a unit, an eye see a front. */
const MOST_SCALE = 56;
const LEAST_SCALE = 7;
const FIRST_COLUMNS = 40;
const FIRST_SCALE = { least: 20, most: 34 } as const;

export class Lens {
  #scale = 0;
  #x = COLUMNS / 2;
  #y = ROWS / 2;
  /** What was looked at last: it is kept in the middle as far as the field goes, also when the screen's edges move. */
  #wanted: Point = { x: COLUMNS / 2, y: ROWS / 2 };
  #middle: Point = { x: 0, y: 0 };
  #width = 1;
  #height = 1;

  /** Pixels per cell. */
  get scale(): number {
    return this.#scale;
  }

  /** What is seen, in cells. */
  get window(): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } {
    const [halfWidth, halfHeight] = [this.#width / 2 / this.#scale, this.#height / 2 / this.#scale];
    return {
      left: this.#x - halfWidth,
      right: this.#x + halfWidth,
      top: this.#y - halfHeight,
      bottom: this.#y + halfHeight,
    };
  }

  /** Before every draw. */
  fit({ width, height, insets }: Screen): void {
    this.#width = Math.max(1, width - insets.left - insets.right);
    this.#height = Math.max(1, height - insets.top - insets.bottom);
    this.#middle = { x: insets.left + this.#width / 2, y: insets.top + this.#height / 2 };
    if (this.#scale === 0)
      this.#scale = Math.max(FIRST_SCALE.least, Math.min(this.#width / FIRST_COLUMNS, FIRST_SCALE.most));
    this.#goToWanted();
  }

  lookAt(place: Point): void {
    this.#wanted = place;
    this.#goToWanted();
  }

  /** By pixels: what is under the finger goes with it. */
  pan(dx: number, dy: number): void {
    this.lookAt({ x: this.#x - dx / this.#scale, y: this.#y - dy / this.#scale });
  }

  /** What is under this place of the screen stays there. */
  zoom(at: Point, factor: number): void {
    const under = this.toField(at);
    this.#scale = Math.max(this.#leastScale(), Math.min(this.#scale * factor, MOST_SCALE));
    const now = this.toField(at);
    this.lookAt({ x: this.#x + under.x - now.x, y: this.#y + under.y - now.y });
  }

  toScreen({ x, y }: Point): Point {
    return { x: this.#middle.x + (x - this.#x) * this.#scale, y: this.#middle.y + (y - this.#y) * this.#scale };
  }

  toField({ x, y }: Point): Point {
    return { x: this.#x + (x - this.#middle.x) / this.#scale, y: this.#y + (y - this.#middle.y) / this.#scale };
  }

  /** From here on the brush draws in cells. */
  apply(brush: CanvasRenderingContext2D): void {
    brush.translate(this.#middle.x - this.#x * this.#scale, this.#middle.y - this.#y * this.#scale);
    brush.scale(this.#scale, this.#scale);
  }

  #leastScale(): number {
    return Math.max(LEAST_SCALE, Math.min(this.#width / COLUMNS, this.#height / ROWS));
  }

  /** The middle of the screen never leaves the field by more than what fits. */
  #goToWanted(): void {
    this.#x = middleIn(this.#wanted.x, this.#width / this.#scale, COLUMNS);
    this.#y = middleIn(this.#wanted.y, this.#height / this.#scale, ROWS);
  }
}

function middleIn(middle: number, seen: number, size: number): number {
  if (seen >= size) return size / 2;
  return Math.max(seen / 2, Math.min(middle, size - seen / 2));
}
