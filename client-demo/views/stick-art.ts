/** The look of a stick under a thumb. */
import { INK } from "../ui/palette.ts";
import type { Point } from "./view.ts";

export function drawStick(brush: CanvasRenderingContext2D, origin: Point, thumb: Point, radius: number): void {
  brush.strokeStyle = "rgba(233, 238, 248, 0.35)";
  brush.fillStyle = "rgba(17, 26, 45, 0.35)";
  brush.lineWidth = 2;
  brush.beginPath();
  brush.arc(origin.x, origin.y, radius, 0, 2 * Math.PI);
  brush.fill();
  brush.stroke();
  brush.fillStyle = INK.accent;
  brush.globalAlpha = 0.85;
  brush.beginPath();
  brush.arc(thumb.x, thumb.y, 22, 0, 2 * Math.PI);
  brush.fill();
  brush.globalAlpha = 1;
}
