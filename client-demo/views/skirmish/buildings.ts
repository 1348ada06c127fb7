/** Buildings: a plate in the seat's colour with the sign of its kind, how far it has grown, and what it trains. In cells. */
import { KINDS, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { CELL } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, type FrozenUnit, Order } from "../../../shared/games/skirmish/schema.ts";
import { INK, seatStyle } from "../../ui/palette.ts";
import type { Moment } from "../view.ts";

const HALF = 1.42;
const CORNER = 0.35;
const DEPTH = 0.25;

export function drawBuildings(brush: CanvasRenderingContext2D, state: FrozenState, moment: Moment): void {
  for (const [id, { queue, readyAt }] of state.yards) {
    const unit = state.units[id];
    if (unit === undefined) continue;
    const now = moment.tick + moment.alpha;
    const isGrowing = unit.order === Order.build;
    const ticks = KINDS[isGrowing ? unit.kind : (queue[0] ?? Kind.none)]?.ticks ?? 0;
    const progress = ticks === 0 ? 0 : Math.max(0, Math.min(1, 1 - (readyAt - now) / ticks));
    drawBuilding(brush, unit, isGrowing ? progress : 1);
    if (isGrowing || queue.length > 0) drawProgress(brush, unit, progress);
    for (let i = 0; i < queue.length; i++) drawPip(brush, unit, queue[i]!, i);
  }
}

function drawBuilding(brush: CanvasRenderingContext2D, { kind, owner, x, y }: FrozenUnit, grown: number): void {
  const { colour } = seatStyle(owner);
  const [middleX, middleY] = [x / CELL, y / CELL];
  brush.fillStyle = "rgba(4, 7, 14, 0.55)";
  plate(brush, middleX, middleY + DEPTH);
  brush.fill();
  brush.globalAlpha = 0.35 + 0.65 * grown;
  brush.fillStyle = "#1a2642";
  plate(brush, middleX, middleY);
  brush.fill();
  brush.strokeStyle = colour;
  brush.lineWidth = 0.16;
  brush.stroke();
  if (kind === Kind.base) drawHearth(brush, middleX, middleY, colour);
  else drawShields(brush, middleX, middleY, colour);
  brush.globalAlpha = 1;
}

function plate(brush: CanvasRenderingContext2D, x: number, y: number): void {
  brush.beginPath();
  brush.roundRect(x - HALF, y - HALF, 2 * HALF, 2 * HALF, CORNER);
}

/** The base: a ring with a hearth in it. */
function drawHearth(brush: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  brush.beginPath();
  brush.arc(x, y, 0.82, 0, 2 * Math.PI);
  brush.lineWidth = 0.14;
  brush.stroke();
  brush.fillStyle = colour;
  brush.beginPath();
  for (let i = 0; i < 8; i++) {
    const reach = i % 2 === 0 ? 0.56 : 0.26;
    brush.lineTo(x + reach * Math.cos((i * Math.PI) / 4), y + reach * Math.sin((i * Math.PI) / 4));
  }
  brush.closePath();
  brush.fill();
}

/** The barracks: three lambdas in a row. */
function drawShields(brush: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  brush.strokeStyle = colour;
  brush.lineWidth = 0.17;
  brush.beginPath();
  for (const shift of [-0.72, 0, 0.72]) {
    brush.moveTo(x + shift - 0.26, y + 0.5);
    brush.lineTo(x + shift, y - 0.45);
    brush.lineTo(x + shift + 0.26, y + 0.5);
  }
  brush.stroke();
}

function drawProgress(brush: CanvasRenderingContext2D, { x, y }: FrozenUnit, progress: number): void {
  const [left, top] = [x / CELL - 1.2, y / CELL + 1.02];
  brush.fillStyle = "rgba(10, 15, 27, 0.85)";
  brush.fillRect(left, top, 2.4, 0.22);
  brush.fillStyle = INK.accent;
  brush.fillRect(left, top, 2.4 * progress, 0.22);
}

/** What waits to be trained, one beside the other above the bar. */
function drawPip(brush: CanvasRenderingContext2D, { x, y }: FrozenUnit, kind: number, index: number): void {
  brush.fillStyle = kind === Kind.worker ? INK.muted : kind === Kind.soldier ? INK.text : INK.accent;
  brush.beginPath();
  brush.arc(x / CELL - 1.1 + index * 0.3, y / CELL - 1.15, 0.11, 0, 2 * Math.PI);
  brush.fill();
}
