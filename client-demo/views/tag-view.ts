/** Tag on a canvas: runners with trails, and a ring around "it" that closes while it counts. */

import type { Frozen, Plain } from "../../shared/engine/layout/plain.ts";
import { TAG_FIELD, TAG_RUNNER_RADIUS, type tag } from "../../shared/games/tag.ts";
import { FONT, INK, seatStyle } from "../ui/palette.ts";
import { drawAway, presenceOf } from "./away.ts";
import { Camera } from "./camera.ts";
import { drawGround } from "./ground.ts";
import { drawEdgeArrow, drawName } from "./label.ts";
import { Motion } from "./motion.ts";
import { Particles } from "./particles.ts";
import { Trails } from "./trails.ts";
import { type Board, labelOf, type NewsItem, type Point, type Scene, type Screen, type View } from "./view.ts";

type TagState = Frozen<Plain<InstanceType<(typeof tag)["state"]>>>;

const LEAST_SCALE = 0.8;
const JUMP = 40;
/** The new "it" counts for a second; the ring is full at its beginning. */
const COUNT_SECONDS = 1;
const TAUNT_SECONDS = 2;

export class TagView implements View<TagState> {
  readonly #camera = new Camera(TAG_FIELD, LEAST_SCALE);
  readonly #motion = new Motion(JUMP);
  readonly #trails = new Trails();
  readonly #particles = new Particles();
  #places = new Map<number, Point>();
  #focus: Point | undefined;
  #news: NewsItem[] = [];
  #confirmedIt: number | undefined;

  get focus(): Point | undefined {
    return this.#focus;
  }

  toWorld(point: Point): Point {
    return this.#camera.toField(point);
  }

  takeNews(): readonly NewsItem[] {
    return this.#news.splice(0);
  }

  board({ state, seat, tick, game }: Scene<TagState>): Board {
    const rows = [...state.runners]
      .sort(([a, left], [b, right]) => right.tags - left.tags || a - b)
      .map(([other, runner]) => ({ seat: other, score: runner.tags, ...(other === state.it ? { mark: "it" } : {}) }));
    const isFresh = tick < state.chaseFrom + TAUNT_SECONDS * game.tickRate;
    const isCounting = tick < state.chaseFrom;
    const isIt = seat !== undefined && seat === state.it && state.runners.size > 1;
    return {
      rows,
      unit: "tags",
      heading: isIt ? "You are it" : "Run",
      ...(isIt && isFresh
        ? { callout: { title: "You are it", detail: isCounting ? "Counting: wait a second" : "Catch someone" } }
        : {}),
    };
  }

  draw(scene: Scene<TagState>, brush: CanvasRenderingContext2D, screen: Screen): void {
    const { state, previous, seat } = scene;
    this.#places = new Map();
    for (const [other, runner] of state.runners)
      this.#places.set(other, this.#motion.place(other, previous.runners.get(other) ?? runner, runner, scene));
    this.#motion.sweep();
    const own = seat === undefined ? undefined : this.#places.get(seat);
    this.#camera.follow(screen, own, scene.elapsed);
    this.#watchIt(scene);
    brush.save();
    this.#camera.apply(brush);
    drawGround(brush, { ...TAG_FIELD, cell: 20 }, this.#camera.scale);
    if (!screen.isCalm) this.#trails.draw(brush, this.#places, scene.now);
    for (const [other, at] of this.#places) {
      const presence = presenceOf(scene.roster, other);
      brush.globalAlpha = presence;
      drawRunner(brush, scene, other, at);
      brush.globalAlpha = 1;
      if (presence < 1) drawAway(brush, at, TAG_RUNNER_RADIUS + 5);
    }
    this.#particles.draw(brush, screen.isCalm ? 1e6 : scene.elapsed, FONT);
    brush.restore();
    for (const [other, place] of this.#places) {
      const at = this.#camera.toScreen(place);
      const above = (TAG_RUNNER_RADIUS + 10) * this.#camera.scale + 2;
      drawName(brush, { x: at.x, y: at.y - above }, labelOf(scene.roster, other), other === seat);
      if (other !== seat) drawEdgeArrow(brush, at, other, screen);
    }
    this.#focus = own === undefined ? undefined : this.#camera.toScreen(own);
  }

  /** From confirmed worlds: a touch that a rollback would take back is never told. */
  #watchIt({ confirmed }: Scene<TagState>): void {
    const { it } = confirmed;
    if (it === this.#confirmedIt) return;
    const before = this.#confirmedIt;
    this.#confirmedIt = it;
    const at = this.#places.get(it);
    if (before === undefined || at === undefined) return;
    this.#particles.ring(at, INK.accent, 90, 520);
    this.#particles.burst({ at, colour: INK.accent, count: 16, speed: 240, lifeMs: 420 });
    this.#news.push([{ seat: before }, " › ", { seat: it }]);
  }
}

function drawRunner(brush: CanvasRenderingContext2D, scene: Scene<TagState>, seat: number, at: Point): void {
  const { colour, isHollow } = seatStyle(seat);
  const radius = TAG_RUNNER_RADIUS;
  brush.fillStyle = "rgba(4, 7, 14, 0.45)";
  circle(brush, { x: at.x, y: at.y + 4 }, radius);
  brush.fill();
  brush.fillStyle = isHollow ? INK.field : colour;
  circle(brush, at, radius - 1);
  brush.fill();
  brush.strokeStyle = isHollow ? colour : INK.page;
  brush.lineWidth = 3;
  circle(brush, at, isHollow ? radius - 2 : radius - 6);
  brush.stroke();
  if (seat === scene.seat) {
    brush.strokeStyle = "#ffffff";
    brush.lineWidth = 1.6;
    circle(brush, at, radius + 3);
    brush.stroke();
  }
  if (seat === scene.state.it) drawIt(brush, scene, at);
}

/** Four wedges around "it", drawn together while it counts and open for the hunt. */
function drawIt(brush: CanvasRenderingContext2D, scene: Scene<TagState>, at: Point): void {
  const ticksLeft = scene.state.chaseFrom - scene.tick - scene.alpha + 1;
  const wait = Math.max(0, Math.min(1, ticksLeft / (COUNT_SECONDS * scene.game.tickRate)));
  brush.strokeStyle = INK.accent;
  brush.lineWidth = 4;
  brush.lineCap = "butt";
  const half = 0.34 + 0.45 * wait;
  const spin = wait > 0 ? 0 : scene.now / 500;
  for (let i = 0; i < 4; i++) {
    const middle = spin + (i * Math.PI) / 2;
    brush.beginPath();
    brush.arc(at.x, at.y, TAG_RUNNER_RADIUS + 8, middle - half, middle + half);
    brush.stroke();
  }
}

function circle(brush: CanvasRenderingContext2D, { x, y }: Point, radius: number): void {
  brush.beginPath();
  brush.arc(x, y, radius, 0, 2 * Math.PI);
}
