/** Sprites of the units: each kind in each seat's colour and sixteen directions, drawn once for a size and then copied. */
import { isFighter, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { MOST_SEATS } from "../../../shared/games/skirmish/schema.ts";
import { INK, seatStyle } from "../../ui/palette.ts";

export const DIRECTIONS = 16;
const KINDS_DRAWN = [Kind.worker, Kind.soldier, Kind.archer] as const;
/** Draws with the same zoom after which the sheet is made anew in that size; until then the old one is stretched. */
const STEADY_DRAWS = 12;

export class Sprites {
  #sheet = drawSheet(1);
  /** Pixels of the display that a sprite of the sheet is wide, and that it shall be. */
  #size = 1;
  #wanted = 0;
  #steady = 0;
  #left = 0;
  #top = 0;
  #scale = 1;

  /** Before the sprites of a draw; the brush is to draw in cells. */
  begin(brush: CanvasRenderingContext2D): void {
    const { a: scale, e: left, f: top } = brush.getTransform();
    this.#scale = scale;
    this.#left = left;
    this.#top = top;
    const wanted = Math.max(4, Math.round(scale));
    this.#steady = wanted === this.#wanted ? this.#steady + 1 : 0;
    this.#wanted = wanted;
    if (wanted !== this.#size && (this.#size === 1 || this.#steady >= STEADY_DRAWS)) {
      this.#size = wanted;
      this.#sheet = drawSheet(wanted);
    }
    // Pixel upon pixel: to copy a thousand sprites so costs a third of stretching them.
    brush.save();
    brush.setTransform(1, 0, 0, 1, 0, 0);
    // Then there is nothing to smooth, and a canvas that does not know it takes a fifth more for each.
    brush.imageSmoothingEnabled = wanted !== this.#size;
  }

  /** With its middle at this place, in cells. */
  draw(brush: CanvasRenderingContext2D, kind: number, seat: number, direction: number, x: number, y: number): void {
    const row = (seat % MOST_SEATS) * KINDS_DRAWN.length + kind - 1;
    const size = this.#size;
    const width = this.#wanted;
    const left = Math.round(this.#left + x * this.#scale - width / 2);
    const top = Math.round(this.#top + y * this.#scale - width / 2);
    brush.drawImage(this.#sheet, direction * size, row * size, size, size, left, top, width, width);
  }

  end(brush: CanvasRenderingContext2D): void {
    brush.restore();
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
