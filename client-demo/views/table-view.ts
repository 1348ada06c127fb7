/** The view of a game that has none of its own: dots where the state has places, and the whole state as a live table. */
import { codecOf } from "../../shared/engine/codec/codec.ts";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { Camera } from "./camera.ts";
import { drawGround } from "./ground.ts";
import { drawName } from "./label.ts";
import { FONT, INK, seatStyle } from "./palette.ts";
import { type Dot, type Line, type Survey, survey } from "./survey.ts";
import { type Board, nameOf, type Point, type Scene, type Screen, type View } from "./view.ts";

const PANEL_WIDTH = 320;
const NARROW = 720;
const LINE_HEIGHT = 17;
const DOT_PIXELS = 9;
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace';

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
    const aside = isNarrow
      ? { ...insets, bottom: insets.bottom + half }
      : { ...insets, left: insets.left + PANEL_WIDTH, right: insets.right + 16 };
    if (dots.length > 0) this.#drawField(scene, brush, { ...screen, insets: aside });
    else this.#focus = { x: screen.width / 2, y: screen.height / 2 };
    const left = insets.left + 16;
    const top = isNarrow && dots.length > 0 ? screen.height - insets.bottom - half + 12 : insets.top + 16;
    const width = isNarrow || dots.length === 0 ? screen.width - left - 16 : PANEL_WIDTH - 24;
    drawLines(brush, lines, { left, top, width, bottom: screen.height - insets.bottom - 8 });
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
      drawDot(brush, dot, at, radius, dot.seat === scene.seat && dot.seat !== undefined);
      if (dot.seat === undefined || !scene.roster.has(dot.seat)) continue;
      drawName(brush, { x: at.x, y: at.y - radius - 7 }, nameOf(scene.roster, dot.seat), dot.seat === scene.seat);
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

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly bottom: number;
}

function drawLines(brush: CanvasRenderingContext2D, lines: readonly Line[], { left, top, width, bottom }: Box): void {
  const room = Math.max(1, Math.floor((bottom - top) / LINE_HEIGHT) - 1);
  brush.save();
  brush.beginPath();
  brush.rect(left, top - LINE_HEIGHT, width, bottom - top + LINE_HEIGHT);
  brush.clip();
  brush.textAlign = "left";
  brush.textBaseline = "alphabetic";
  lines.slice(0, room).forEach(({ depth, label, value }, row) => {
    const y = top + (row + 1) * LINE_HEIGHT;
    const x = left + depth * 12;
    brush.font = `600 12px ${FONT}`;
    brush.fillStyle = INK.accent;
    brush.fillText(label, x, y);
    const indent = brush.measureText(label).width + 10;
    brush.font = `12px ${MONO}`;
    brush.fillStyle = INK.text;
    brush.fillText(value, x + indent, y);
  });
  if (lines.length > room) {
    brush.fillStyle = INK.muted;
    brush.fillText(`and ${lines.length - room} more lines`, left, top + (room + 1) * LINE_HEIGHT);
  }
  brush.restore();
}
