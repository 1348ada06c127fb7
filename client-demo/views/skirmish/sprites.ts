/** Sprites of the units: each kind in each seat's colour and sixteen directions, drawn once for a size and then copied. */
import { isFighter, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { MOST_SEATS } from "../../../shared/games/skirmish/schema.ts";
import { INK, seatStyle } from "../../ui/palette.ts";

export const DIRECTIONS = 16;
const KINDS_DRAWN = [Kind.worker, Kind.soldier, Kind.archer] as const;
/** A sprite is so many cells wide. */
export const SPRITE_CELLS = 1;
/** Sizes in pixels; the next larger one is taken. */
const SIZES = [12, 20, 32, 48, 72, 112, 168] as const;

export class Sprites {
  readonly #sheets = new Map<number, HTMLCanvasElement>();
  #sheet: HTMLCanvasElement | undefined;
  #size = 0;

  /** @param pixels of the display that a cell is wide. */
  fit(pixels: number): void {
    const size = SIZES.find((one) => one >= pixels) ?? SIZES[SIZES.length - 1]!;
    if (size === this.#size) return;
    this.#size = size;
    let sheet = this.#sheets.get(size);
    if (sheet === undefined) {
      sheet = drawSheet(size);
      this.#sheets.set(size, sheet);
    }
    this.#sheet = sheet;
  }

  /** With its middle at this place, in cells. */
  draw(brush: CanvasRenderingContext2D, kind: number, seat: number, direction: number, x: number, y: number): void {
    const row = (seat % MOST_SEATS) * KINDS_DRAWN.length + kind - 1;
    const size = this.#size;
    brush.drawImage(
      this.#sheet!,
      direction * size,
      row * size,
      size,
      size,
      x - SPRITE_CELLS / 2,
      y - SPRITE_CELLS / 2,
      SPRITE_CELLS,
      SPRITE_CELLS,
    );
  }
}

function drawSheet(size: number): HTMLCanvasElement {
  const sheet = document.createElement("canvas");
  sheet.width = size * DIRECTIONS;
  sheet.height = size * KINDS_DRAWN.length * MOST_SEATS;
  const brush = sheet.getContext("2d")!;
  for (let seat = 0; seat < MOST_SEATS; seat++)
    for (const [row, kind] of KINDS_DRAWN.entries())
      for (let direction = 0; direction < DIRECTIONS; direction++) {
        brush.setTransform(size, 0, 0, size, size * (direction + 0.5), size * (seat * KINDS_DRAWN.length + row + 0.5));
        drawUnit(brush, kind, seatStyle(seat).colour, (direction / DIRECTIONS) * 2 * Math.PI);
      }
  return sheet;
}

/** In cells around its middle, looking along `angle`. */
function drawUnit(brush: CanvasRenderingContext2D, kind: number, colour: string, angle: number): void {
  brush.fillStyle = "rgba(4, 7, 14, 0.5)";
  brush.beginPath();
  brush.ellipse(0, 0.1, 0.3, 0.26, 0, 0, 2 * Math.PI);
  brush.fill();
  brush.rotate(angle);
  if (isFighter(kind)) drawWeapon(brush, kind);
  brush.fillStyle = colour;
  brush.strokeStyle = INK.page;
  brush.lineWidth = 0.05;
  brush.beginPath();
  if (kind === Kind.archer) {
    brush.moveTo(0.3, 0);
    brush.lineTo(-0.2, 0.26);
    brush.lineTo(-0.1, 0);
    brush.lineTo(-0.2, -0.26);
    brush.closePath();
  } else brush.arc(0, 0, kind === Kind.soldier ? 0.29 : 0.21, 0, 2 * Math.PI);
  brush.fill();
  brush.stroke();
  if (kind === Kind.soldier) drawLambda(brush);
  if (kind === Kind.worker) drawTool(brush);
}

function drawWeapon(brush: CanvasRenderingContext2D, kind: number): void {
  brush.strokeStyle = "#c6d0e4";
  brush.lineWidth = 0.06;
  brush.lineCap = "round";
  brush.beginPath();
  if (kind === Kind.soldier) {
    brush.moveTo(0, 0.22);
    brush.lineTo(0.46, 0.2);
  } else brush.arc(0.02, 0, 0.34, -1, 1);
  brush.stroke();
}

function drawLambda(brush: CanvasRenderingContext2D): void {
  brush.lineWidth = 0.075;
  brush.lineCap = "butt";
  brush.beginPath();
  brush.moveTo(-0.12, -0.15);
  brush.lineTo(0.15, 0);
  brush.lineTo(-0.12, 0.15);
  brush.stroke();
}

function drawTool(brush: CanvasRenderingContext2D): void {
  brush.fillStyle = INK.page;
  brush.beginPath();
  brush.arc(0.08, 0, 0.07, 0, 2 * Math.PI);
  brush.fill();
}
