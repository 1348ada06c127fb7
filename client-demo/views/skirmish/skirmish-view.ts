/** The skirmish on a canvas: put together from ground, buildings, units, strikes and the small map; the hand on it gives the orders. */

import { CELL, cellAt, columnOf, FIELD, rowOf } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, Phase } from "../../../shared/games/skirmish/schema.ts";
import { hasRoom } from "../../../shared/games/skirmish/units.ts";
import { FONT, INK } from "../../ui/palette.ts";
import { Particles } from "../particles.ts";
import type { Board, Desk, NewsItem, Point, Scene, Screen, View } from "../view.ts";
import { skirmishBoard } from "./board.ts";
import { drawBuildings } from "./buildings.ts";
import { drawStrikes, Falls } from "./effects.ts";
import { drawMines, drawSkirmishGround, toState } from "./ground.ts";
import { Hand } from "./hand.ts";
import { Lens } from "./lens.ts";
import { Minimap } from "./minimap.ts";
import { UnitMotion } from "./unit-motion.ts";
import { UnitPainter } from "./units.ts";

const NOTHING_CHOSEN: ReadonlySet<number> = new Set();

export class SkirmishView implements View<FrozenState> {
  readonly #lens = new Lens();
  readonly #motion = new UnitMotion();
  readonly #units = new UnitPainter();
  readonly #falls = new Falls();
  readonly #particles = new Particles();
  readonly #minimap = new Minimap();
  #hand: Hand | undefined;
  #news: NewsItem[] = [];
  readonly #out = new Set<number>();
  /** The seat and the match whose base was looked at: a player begins at home. */
  #home = "";

  #focus: Point | undefined;

  /** The first own building. */
  get focus(): Point | undefined {
    return this.#focus;
  }

  toWorld(point: Point): Point {
    const { x, y } = this.#lens.toField(point);
    return { x: x * CELL, y: y * CELL };
  }

  attach(desk: Desk): () => void {
    const hand = new Hand(desk, this.#lens, this.#minimap, this.#motion);
    this.#hand = hand;
    return () => hand.letGo();
  }

  board(scene: Scene<FrozenState>): Board {
    return skirmishBoard(scene);
  }

  takeNews(): readonly NewsItem[] {
    return this.#news.splice(0);
  }

  draw(scene: Scene<FrozenState>, brush: CanvasRenderingContext2D, screen: Screen): void {
    const { state, previous, seat, elapsed, now } = scene;
    this.#lens.fit(screen);
    this.#motion.place(state, previous, scene);
    this.#hand?.see({ state, seat }, elapsed, now);
    this.#beginAtHome(scene);
    this.#watch(scene);
    brush.save();
    this.#lens.apply(brush);
    drawSkirmishGround(brush, this.#lens.scale);
    drawMines(brush, state);
    drawBuildings(brush, state, scene);
    const chosen = this.#hand?.selection.chosen ?? NOTHING_CHOSEN;
    this.#units.draw(brush, { state, motion: this.#motion, lens: this.#lens, chosen });
    drawStrikes(brush, scene, this.#motion);
    this.#drawGhost(scene, brush);
    brush.restore();
    this.#drawMark();
    this.#particles.draw(brush, screen.isCalm ? 1e6 : elapsed, FONT);
    this.#drawBox(brush);
    this.#focus = this.#placeOfHome(scene);
    this.#minimap.draw(brush, state, this.#lens, screen, now);
  }

  #beginAtHome({ state, seat }: Scene<FrozenState>): void {
    const match = `${seat} ${state.phaseEndsAt}`;
    if (seat === undefined || state.phase !== Phase.fight || match === this.#home || !state.players.has(seat)) return;
    this.#home = match;
    this.#hand?.goHome({ state, seat });
  }

  /** From confirmed worlds only: what a rollback would take back is never told. */
  #watch(scene: Scene<FrozenState>): void {
    this.#falls.watch(scene, this.#particles, this.#lens);
    for (const [seat, { isOut }] of scene.confirmed.players) {
      if (isOut && !this.#out.has(seat)) this.#news.push([{ seat }, " is out"]);
      if (isOut) this.#out.add(seat);
      else this.#out.delete(seat);
    }
  }

  #placeOfHome({ state, seat }: Scene<FrozenState>): Point | undefined {
    for (const id of state.yards.keys())
      if (state.units[id]?.owner === seat)
        return this.#lens.toScreen({ x: this.#motion.xs[id]!, y: this.#motion.ys[id]! });
    return undefined;
  }

  #drawMark(): void {
    const mark = this.#hand?.takeMark();
    if (mark !== undefined) this.#particles.ring(this.#lens.toScreen(mark), INK.good, 18, 420);
  }

  #drawBox(brush: CanvasRenderingContext2D): void {
    const box = this.#hand?.box;
    if (box === undefined) return;
    brush.fillStyle = "rgba(69, 208, 161, 0.12)";
    brush.strokeStyle = INK.good;
    brush.lineWidth = 1.5;
    brush.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    brush.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  }

  /** Where a building would stand: green where there is room. */
  #drawGhost({ state }: Scene<FrozenState>, brush: CanvasRenderingContext2D): void {
    const ghost = this.#hand?.ghost;
    if (ghost === undefined) return;
    const cell = cellAt(toState(ghost.at.x, FIELD.width), toState(ghost.at.y, FIELD.height));
    brush.fillStyle = hasRoom(state, cell) ? "rgba(69, 208, 161, 0.4)" : "rgba(255, 93, 93, 0.4)";
    brush.fillRect(columnOf(cell) - 1, rowOf(cell) - 1, 3, 3);
  }
}
