/** Figures of players who are away, alike in every view: faded, with a broken ring. The text "(away)" is in their label. */
import type { Roster } from "../../client/match/roster.ts";
import { INK } from "../ui/palette.ts";
import type { Point } from "./view.ts";

const FADED = 0.35;
/** One array for all draws. */
const DASHES = [5, 5];
const NO_DASHES: number[] = [];

/** How strongly a seat's figure is drawn, 0 .. 1. */
export function presenceOf(roster: Roster, seat: number | undefined): number {
  return seat !== undefined && roster.get(seat)?.isAway === true ? FADED : 1;
}

/** Around a figure that is faded. */
export function drawAway(brush: CanvasRenderingContext2D, at: Point, radius: number): void {
  brush.strokeStyle = INK.muted;
  brush.lineWidth = 2;
  brush.setLineDash(DASHES);
  brush.beginPath();
  brush.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  brush.stroke();
  brush.setLineDash(NO_DASHES);
}
