/** A game's state as text: labels, and values that wrap. */
import type { Roster } from "../../client/match/roster.ts";
import { FONT, INK, seatStyle } from "../ui/palette.ts";
import type { Line } from "./survey.ts";

const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';
const INDENT = 14;
const GAP = 11;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly bottom: number;
  /** Of the letters, in pixels. */
  readonly size: number;
}

/** Draws as many lines as there is room for; a seat's line bears its colour and name. */
export function drawLines(brush: CanvasRenderingContext2D, lines: readonly Line[], box: Box, roster: Roster): void {
  const height = Math.round(box.size * 1.45);
  brush.save();
  brush.beginPath();
  brush.rect(box.left, box.top, box.width, box.bottom - box.top);
  brush.clip();
  brush.textAlign = "left";
  brush.textBaseline = "alphabetic";
  let y = box.top + height;
  for (const [index, line] of lines.entries()) {
    if (y > box.bottom - height) {
      brush.fillStyle = INK.muted;
      brush.font = `${box.size}px ${FONT}`;
      brush.fillText(`and ${lines.length - index} more`, box.left, y);
      break;
    }
    y = drawLine(brush, line, box, roster, y);
  }
  brush.restore();
}

/** Returns where the next line goes. */
function drawLine(brush: CanvasRenderingContext2D, line: Line, box: Box, roster: Roster, top: number): number {
  const height = Math.round(box.size * 1.45);
  const left = box.left + line.depth * INDENT;
  const holder = line.isSeatKey && line.seat !== undefined ? roster.get(line.seat) : undefined;
  const label = holder === undefined ? line.label : `${line.label} ${holder.label}`;
  brush.font = `600 ${box.size}px ${FONT}`;
  brush.fillStyle = holder === undefined ? INK.accent : seatStyle(line.seat!).colour;
  brush.fillText(label, left, top);
  let x = left + brush.measureText(label).width + GAP;
  let y = top;
  brush.font = `${box.size}px ${MONO}`;
  for (const { name, text } of line.values) {
    const nameWidth = name === "" ? 0 : brush.measureText(`${name} `).width;
    const width = nameWidth + brush.measureText(text).width;
    if (x + width > box.left + box.width && x > left + INDENT) {
      x = left + INDENT;
      y += height;
    }
    brush.fillStyle = INK.muted;
    if (name !== "") brush.fillText(name, x, y);
    brush.fillStyle = INK.text;
    brush.fillText(text, x + nameWidth, y);
    x += width + GAP;
  }
  return y + height;
}
