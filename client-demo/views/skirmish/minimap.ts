/** The small map in the corner: everybody's units as dots, and what the screen shows of it. */
import { isBuilding, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { CELL, COLUMNS, columnOf, MINES, ROWS, rowOf } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, MOST_SEATS } from "../../../shared/games/skirmish/schema.ts";
import { INK, seatStyle } from "../../ui/palette.ts";
import type { Point, Screen } from "../view.ts";
import { ROCK_BLOCKS } from "./ground.ts";
import type { Lens } from "./lens.ts";

const WIDE = { width: 210, gap: 12 } as const;
const NARROW = { width: 120, gap: 8 } as const;
const NARROW_SCREEN = 720;
/** It is drawn anew so often: dots need no more. */
const INTERVAL_MS = 120;

export class Minimap {
  readonly #sheet = document.createElement("canvas");
  #left = 0;
  #top = 0;
  #width = 0;
  #height = 0;
  #drawnAt = Number.NEGATIVE_INFINITY;

  /** Where on the field somebody points who points at the map; undefined beside it. */
  fieldAt({ x, y }: Point): Point | undefined {
    const across = (x - this.#left) / this.#width;
    const along = (y - this.#top) / this.#height;
    return across < 0 || along < 0 || across > 1 || along > 1 ? undefined : { x: across * COLUMNS, y: along * ROWS };
  }

  draw(brush: CanvasRenderingContext2D, state: FrozenState, lens: Lens, screen: Screen, now: number): void {
    const { width, gap } = screen.width < NARROW_SCREEN ? NARROW : WIDE;
    this.#width = width;
    this.#height = (width * ROWS) / COLUMNS;
    this.#left = screen.width - screen.insets.right - width - gap;
    this.#top = screen.height - screen.insets.bottom - this.#height - gap;
    if (now - this.#drawnAt >= INTERVAL_MS) {
      this.#drawnAt = now;
      this.#paint(state);
    }
    brush.globalAlpha = 0.92;
    brush.drawImage(this.#sheet, this.#left, this.#top, this.#width, this.#height);
    brush.globalAlpha = 1;
    brush.lineWidth = 1;
    brush.strokeStyle = INK.edge;
    brush.strokeRect(this.#left - 0.5, this.#top - 0.5, this.#width + 1, this.#height + 1);
    this.#frame(brush, lens);
  }

  #frame(brush: CanvasRenderingContext2D, lens: Lens): void {
    const unit = this.#width / COLUMNS;
    const { left, top, right, bottom } = lens.window;
    const x = this.#left + Math.max(0, left) * unit;
    const y = this.#top + Math.max(0, top) * unit;
    brush.strokeStyle = "#ffffff";
    brush.strokeRect(
      x,
      y,
      (Math.min(right, COLUMNS) - Math.max(0, left)) * unit,
      (Math.min(bottom, ROWS) - Math.max(0, top)) * unit,
    );
  }

  #paint({ units }: FrozenState): void {
    const unit = 3;
    this.#sheet.width = COLUMNS * unit;
    this.#sheet.height = ROWS * unit;
    const brush = this.#sheet.getContext("2d")!;
    brush.scale(unit, unit);
    brush.fillStyle = INK.page;
    brush.fillRect(0, 0, COLUMNS, ROWS);
    brush.fillStyle = INK.wall;
    for (const block of ROCK_BLOCKS) brush.fillRect(...block);
    brush.fillStyle = INK.accent;
    for (const cell of MINES) brush.fillRect(columnOf(cell) - 0.25, rowOf(cell) - 0.25, 1.5, 1.5);
    for (let seat = 0; seat < MOST_SEATS; seat++) {
      brush.fillStyle = seatStyle(seat).colour;
      for (const { kind, owner, x, y } of units) {
        if (owner !== seat || kind === Kind.none) continue;
        const size = isBuilding(kind) ? 3 : 1;
        brush.fillRect(x / CELL - size / 2, y / CELL - size / 2, size, size);
      }
    }
  }
}
