/**
 * The body of one player in the arena: a round shield with a lambda pointing where it aims, a barrel, and its wounds.
 */

import { UNIT } from "../../../shared/games/arena/map.ts";
import { PLAYER_RADIUS } from "../../../shared/games/arena/movement.ts";
import { INK, seatStyle } from "../../ui/palette.ts";
import type { Point } from "../view.ts";

export const BODY_RADIUS = PLAYER_RADIUS / UNIT;
/** From the middle, in field units. */
export const MUZZLE = BODY_RADIUS + 9;

const HURT_RADIUS = BODY_RADIUS + 5;
const WARD_RADIUS = BODY_RADIUS + 10;

export interface Body {
  readonly seat: number;
  readonly at: Point;
  /** How strongly it is drawn, 0 .. 1. */
  readonly presence: number;
  /** Radians, clockwise from the right. */
  readonly aim: number;
  /** 0 .. 1. */
  readonly health: number;
  readonly isOwn: boolean;
  readonly isShielded: boolean;
  /** 1 right after a shot or a hit, 0 when it is over. */
  readonly muzzle: number;
  readonly flash: number;
  /** Milliseconds; turns the ward. */
  readonly now: number;
}

export function drawBody(brush: CanvasRenderingContext2D, body: Body): void {
  const { colour, isHollow } = seatStyle(body.seat);
  brush.save();
  brush.translate(body.at.x, body.at.y);
  brush.globalAlpha = body.presence;
  drawShade(brush);
  if (body.isOwn) drawRing(brush, BODY_RADIUS + 3.5, "#ffffff", 1.6);
  if (body.health < 1) drawHealth(brush, body.health);
  if (body.isShielded) drawWard(brush, body.now);
  brush.rotate(body.aim);
  drawBarrel(brush, body.muzzle);
  brush.globalAlpha = body.presence;
  brush.beginPath();
  brush.arc(0, 0, BODY_RADIUS - (isHollow ? 2 : 0), 0, 2 * Math.PI);
  brush.fillStyle = isHollow ? INK.field : colour;
  brush.fill();
  if (isHollow) drawRing(brush, BODY_RADIUS - 2, colour, 4);
  drawLambda(brush, isHollow ? colour : INK.page);
  if (body.flash > 0) {
    brush.globalAlpha = body.flash * 0.85;
    brush.fillStyle = "#ffffff";
    brush.beginPath();
    brush.arc(0, 0, BODY_RADIUS, 0, 2 * Math.PI);
    brush.fill();
  }
  brush.restore();
}

function drawShade(brush: CanvasRenderingContext2D): void {
  brush.fillStyle = "rgba(4, 7, 14, 0.45)";
  brush.beginPath();
  brush.arc(0, 5, BODY_RADIUS, 0, 2 * Math.PI);
  brush.fill();
}

function drawRing(brush: CanvasRenderingContext2D, radius: number, colour: string, width: number): void {
  brush.strokeStyle = colour;
  brush.lineWidth = width;
  brush.beginPath();
  brush.arc(0, 0, radius, 0, 2 * Math.PI);
  brush.stroke();
}

/** An arc that shrinks: shown only on those who are hurt. */
function drawHealth(brush: CanvasRenderingContext2D, health: number): void {
  brush.lineCap = "butt";
  drawRing(brush, HURT_RADIUS + 3, "rgba(10, 15, 27, 0.8)", 5);
  brush.strokeStyle = health > 0.5 ? INK.good : health > 0.25 ? INK.accent : INK.danger;
  brush.lineWidth = 3.2;
  brush.beginPath();
  brush.arc(0, 0, HURT_RADIUS + 3, -Math.PI / 2, -Math.PI / 2 + health * 2 * Math.PI);
  brush.stroke();
}

function drawWard(brush: CanvasRenderingContext2D, now: number): void {
  brush.save();
  brush.rotate(now / 700);
  brush.setLineDash([9, 6]);
  drawRing(brush, WARD_RADIUS, "rgba(233, 238, 248, 0.75)", 1.8);
  brush.restore();
}

function drawBarrel(brush: CanvasRenderingContext2D, muzzle: number): void {
  const recoil = 4 * muzzle;
  brush.fillStyle = "#c6d0e4";
  brush.fillRect(BODY_RADIUS - 4, -3.5, 13 - recoil, 7);
  if (muzzle <= 0) return;
  brush.fillStyle = INK.accent;
  brush.globalAlpha = muzzle;
  brush.beginPath();
  brush.moveTo(MUZZLE + 1, -5);
  brush.lineTo(MUZZLE + 8 + 10 * muzzle, 0);
  brush.lineTo(MUZZLE + 1, 5);
  brush.lineTo(MUZZLE + 4, 0);
  brush.fill();
}

/** The sign on a hoplite's shield, its point forward. */
function drawLambda(brush: CanvasRenderingContext2D, colour: string): void {
  brush.strokeStyle = colour;
  brush.lineWidth = 3.6;
  brush.lineCap = "butt";
  brush.lineJoin = "miter";
  brush.beginPath();
  brush.moveTo(-7, -8.5);
  brush.lineTo(9, 0);
  brush.lineTo(-7, 8.5);
  brush.stroke();
}
