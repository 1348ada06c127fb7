/** The view of a game that has none of its own: dots where the state has places, and the whole state as a live table. */

import { codecOf } from "../../shared/engine/codec/codec.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { INK, seatStyle } from "../ui/palette.ts";
import { drawAway, presenceOf } from "./away.ts";
import { Camera } from "./camera.ts";
import { drawGround } from "./ground.ts";
import { drawName } from "./label.ts";
import { type Dot, type Survey, survey } from "./survey.ts";
import { drawLines } from "./table-lines.ts";
import { type Board, labelOf, type Point, type Scene, type Screen, type View } from "./view.ts";

const PANEL_WIDTH = 320;
const NARROW = 720;
const TEXT_PIXELS = 12;
const LONE_TEXT_PIXELS = 15;
/** So that dots at the very edge are whole. */
const EDGE = 24;
const DOT_PIXELS = 9;

export class TableView implements View<unknown> {
  readonly #layout: ReturnType<typeof codecOf>["layout"];
  #bounds: { left: number; top: number; right: number; bottom: number } | undefined;
  #camera = new Camera({ width: 1, height: 1 }, 0);
  #survey: Survey = { dots: [], lines: [], scores: new Map(), scoreName: undefined };
  #focus: Point | undefined;

  constructor(game: AnyGame) {
    this.#layout = codecOf(game.state, game.name).layout;
  }

  get focus(): Point | undefined {
    return this.#focus;
  }

  toWorld(point: Point): Point {
    const { x, y } = this.#camera.toField(point);
    return { x: x + (this.#bounds?.left ?? 0), y: y + (this.#bounds?.top ?? 0) };
  }

  board(): Board {
    const { scores, scoreName } = this.#survey;
    if (scoreName === undefined) return {};
    const rows = [...scores]
      .map(([seat, score]) => ({ seat, score }))
      .sort((a, b) => b.score - a.score || a.seat - b.seat);
    return { rows, unit: scoreName };
  }

  draw(scene: Scene<unknown>, brush: CanvasRenderingContext2D, screen: Screen): void {
    this.#survey = survey(this.#layout, scene.state, scene.previous, (key) => scene.roster.has(key));
    const { dots, lines } = this.#survey;
    this.#grow(dots);
    const { insets } = screen;
    const isNarrow = screen.width < NARROW;
    const half = (screen.height - insets.top - insets.bottom) * 0.45;
    const aside = {
      top: insets.top + EDGE,
      right: insets.right + EDGE,
      bottom: insets.bottom + (isNarrow ? half : EDGE),
      left: insets.left + (isNarrow ? EDGE : PANEL_WIDTH),
    };
    const isLone = dots.length === 0;
    if (isLone) this.#focus = { x: screen.width / 2, y: screen.height / 2 };
    else this.#drawField(scene, brush, { ...screen, insets: aside });
    const left = insets.left + 16;
    const top = isNarrow && !isLone ? screen.height - insets.bottom - half + 12 : insets.top + 12;
    const width = isNarrow || isLone ? screen.width - insets.right - left - 16 : PANEL_WIDTH - 40;
    const size = isLone ? LONE_TEXT_PIXELS : TEXT_PIXELS;
    drawLines(brush, lines, { left, top, width, size, bottom: screen.height - insets.bottom - 8 }, scene.roster);
  }

  #drawField(scene: Scene<unknown>, brush: CanvasRenderingContext2D, screen: Screen): void {
    const { left, top, right, bottom } = this.#bounds!;
    this.#camera.follow(screen, undefined, scene.elapsed);
    const { scale } = this.#camera;
    brush.save();
    this.#camera.apply(brush);
    drawGround(
      brush,
      { width: right - left, height: bottom - top, cell: Math.max(right - left, bottom - top) / 32 },
      scale,
    );
    brush.restore();
    this.#focus = undefined;
    for (const dot of this.#survey.dots) {
      const x = dot.fromX + (dot.x - dot.fromX) * scene.alpha - left;
      const y = dot.fromY + (dot.y - dot.fromY) * scene.alpha - top;
      const at = this.#camera.toScreen({ x, y });
      const radius = dot.radius === undefined ? DOT_PIXELS : Math.max(3, dot.radius * scale);
      const presence = presenceOf(scene.roster, dot.seat);
      brush.globalAlpha = presence;
      drawDot(brush, dot, at, radius, dot.seat === scene.seat && dot.seat !== undefined);
      brush.globalAlpha = 1;
      if (presence < 1) drawAway(brush, at, radius + 5);
      if (dot.seat === undefined || !scene.roster.has(dot.seat)) continue;
      drawName(brush, { x: at.x, y: at.y - radius - 7 }, labelOf(scene.roster, dot.seat), dot.seat === scene.seat);
      if (dot.seat === scene.seat) this.#focus ??= at;
    }
  }

  /** The field is as large as the places that were ever seen, and a little more. */
  #grow(dots: readonly Dot[]): void {
    for (const { x, y } of dots) {
      this.#bounds ??= { left: Math.min(0, x), top: Math.min(0, y), right: x, bottom: y };
      const bounds = this.#bounds;
      const isOutside = x < bounds.left || x > bounds.right || y < bounds.top || y > bounds.bottom;
      if (!isOutside && this.#camera.scale !== 1) continue;
      const slack = 0.08 * Math.max(1, bounds.right - bounds.left, bounds.bottom - bounds.top);
      if (x < bounds.left) bounds.left = x - slack;
      if (x > bounds.right) bounds.right = x + slack;
      if (y < bounds.top) bounds.top = y - slack;
      if (y > bounds.bottom) bounds.bottom = y + slack;
      const width = Math.max(1, bounds.right - bounds.left);
      const height = Math.max(1, bounds.bottom - bounds.top);
      this.#camera = new Camera({ width, height }, 0);
    }
  }
}

function drawDot(brush: CanvasRenderingContext2D, dot: Dot, at: Point, radius: number, isOwn: boolean): void {
  const style = dot.seat === undefined ? { colour: INK.muted, isHollow: false } : seatStyle(dot.seat);
  brush.fillStyle = style.isHollow ? INK.field : style.colour;
  brush.strokeStyle = isOwn ? "#ffffff" : style.colour;
  brush.lineWidth = 2;
  brush.beginPath();
  brush.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  brush.fill();
  brush.stroke();
  if (dot.heading === undefined) return;
  brush.strokeStyle = INK.text;
  brush.beginPath();
  brush.moveTo(at.x, at.y);
  brush.lineTo(at.x + Math.cos(dot.heading) * (radius + 8), at.y + Math.sin(dot.heading) * (radius + 8));
  brush.stroke();
}
