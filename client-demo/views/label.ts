/** Names above heads and arrows at the edge of the screen. */
import { FONT, INK, seatStyle } from "../ui/palette.ts";
import type { Point, Screen } from "./view.ts";

/** A name in screen pixels, centred above `at`, with a dark outline so that it reads on anything. */
export function drawName(brush: CanvasRenderingContext2D, at: Point, name: string, isOwn: boolean): void {
  brush.font = `${isOwn ? 700 : 500} 12px ${FONT}`;
  brush.textAlign = "center";
  brush.textBaseline = "alphabetic";
  brush.lineJoin = "round";
  brush.lineWidth = 3;
  brush.strokeStyle = INK.page;
  brush.strokeText(name, at.x, at.y);
  brush.fillStyle = isOwn ? INK.text : "#b9c5dc";
  brush.fillText(name, at.x, at.y);
}

const EDGE_MARGIN = 16;
/** Header and footer let the field shine through at their edge. */
const SLACK = 8;
const ARROW = 9;

/** An arrow in a seat's colour at the edge of the screen towards something that lies beyond it. */
export function drawEdgeArrow(brush: CanvasRenderingContext2D, at: Point, seat: number, screen: Screen): void {
  const left = screen.insets.left;
  const top = screen.insets.top;
  const right = screen.width - screen.insets.right;
  const bottom = screen.height - screen.insets.bottom;
  if (at.x >= left && at.x <= right && at.y >= top - SLACK && at.y <= bottom + SLACK) return;
  const x = Math.max(left + EDGE_MARGIN, Math.min(at.x, right - EDGE_MARGIN));
  const y = Math.max(top + EDGE_MARGIN, Math.min(at.y, bottom - EDGE_MARGIN));
  brush.save();
  brush.translate(x, y);
  brush.rotate(Math.atan2(at.y - y, at.x - x));
  brush.fillStyle = seatStyle(seat).colour;
  brush.beginPath();
  brush.moveTo(ARROW, 0);
  brush.lineTo(-ARROW * 0.6, -ARROW * 0.8);
  brush.lineTo(-ARROW * 0.2, 0);
  brush.lineTo(-ARROW * 0.6, ARROW * 0.8);
  brush.fill();
  brush.restore();
}
