/** The arena without its people: plate, walls, medkits. All in field units. */

import { MEDKIT_RADIUS, MEDKIT_TICKS } from "../../../shared/games/arena/combat.ts";
import type { Wall } from "../../../shared/games/arena/map.ts";
import { FIELD, MEDKITS, UNIT, WALLS } from "../../../shared/games/arena/map.ts";
import { INK } from "../../ui/palette.ts";
import { drawGround } from "../ground.ts";
import type { Moment } from "../view.ts";

export const ARENA_FIELD = { width: FIELD.width / UNIT, height: FIELD.height / UNIT } as const;

const CELL = 25;
const WALL_DEPTH = 7;
const PLATE = (MEDKIT_RADIUS / UNIT) * 0.92;

export function drawArenaGround(brush: CanvasRenderingContext2D, scale: number): void {
  drawGround(brush, { ...ARENA_FIELD, cell: CELL }, scale);
  drawMiddle(brush, scale);
  // First all shades, then all walls: no wall lies under another's shade.
  for (const wall of WALLS) drawBlock(brush, wall, INK.wallShade, WALL_DEPTH);
  for (const wall of WALLS) drawBlock(brush, wall, INK.wall, 0);
  brush.strokeStyle = INK.wallTop;
  brush.lineWidth = 2;
  brush.beginPath();
  for (const { left, top, right } of WALLS) {
    brush.moveTo(left / UNIT, top / UNIT + 1);
    brush.lineTo(right / UNIT, top / UNIT + 1);
  }
  brush.stroke();
}

function drawBlock(brush: CanvasRenderingContext2D, wall: Wall, colour: string, shift: number): void {
  brush.fillStyle = colour;
  const width = (wall.right - wall.left) / UNIT;
  const height = (wall.bottom - wall.top) / UNIT;
  brush.fillRect(wall.left / UNIT, wall.top / UNIT + shift, width, height);
}

/** Two fine circles mark the middle that everybody wants. */
function drawMiddle(brush: CanvasRenderingContext2D, scale: number): void {
  brush.strokeStyle = INK.grid;
  brush.lineWidth = 2 / scale;
  for (const radius of [60, 68]) {
    brush.beginPath();
    brush.arc(ARENA_FIELD.width / 2, ARENA_FIELD.height / 2, radius, 0, 2 * Math.PI);
    brush.stroke();
  }
}

/** One that lies there is a lit cross; one that was taken is an outline that fills up until it is back. */
export function drawMedkits(brush: CanvasRenderingContext2D, from: readonly number[], { tick, alpha }: Moment): void {
  MEDKITS.forEach(({ x, y }, index) => {
    const ticksLeft = (from[index] ?? 0) - tick - alpha + 1;
    const isThere = ticksLeft <= 0;
    brush.save();
    brush.translate(x / UNIT, y / UNIT);
    brush.lineWidth = 2;
    brush.strokeStyle = isThere ? INK.good : INK.grid;
    brush.fillStyle = isThere ? "#12302f" : INK.field;
    brush.beginPath();
    brush.roundRect(-PLATE, -PLATE, 2 * PLATE, 2 * PLATE, 4);
    brush.fill();
    brush.stroke();
    if (isThere) {
      brush.fillStyle = INK.good;
      brush.fillRect(-2.5, -7.5, 5, 15);
      brush.fillRect(-7.5, -2.5, 15, 5);
    } else {
      const share = 1 - Math.min(1, ticksLeft / MEDKIT_TICKS);
      brush.strokeStyle = INK.edge;
      brush.beginPath();
      brush.arc(0, 0, 7, -Math.PI / 2, -Math.PI / 2 + share * 2 * Math.PI);
      brush.stroke();
    }
    brush.restore();
  });
}
