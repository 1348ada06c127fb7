/** The arena on a canvas: put together from ground, bullets, bodies and effects. */

import { FULL_HEALTH, isShielded } from "../../../shared/games/arena/combat.ts";
import { clearFraction, UNIT } from "../../../shared/games/arena/map.ts";
import { type FrozenState, Phase, radiansOf } from "../../../shared/games/arena/schema.ts";
import { FONT, INK } from "../../ui/palette.ts";
import { drawAway, presenceOf } from "../away.ts";
import { Camera } from "../camera.ts";
import { drawEdgeArrow, drawName } from "../label.ts";
import { Motion, turn } from "../motion.ts";
import { Particles } from "../particles.ts";
import { type Board, labelOf, type NewsItem, type Point, type Scene, type Screen, type View } from "../view.ts";
import { arenaBoard } from "./board.ts";
import { BODY_RADIUS, drawBody, MUZZLE } from "./body.ts";
import { ArenaBullets } from "./bullets.ts";
import { ArenaEffects } from "./effects.ts";
import { ARENA_FIELD, drawArenaGround, drawMedkits } from "./ground.ts";
import { ArenaNews } from "./news.ts";

/** Below this a player would be smaller than a fingertip: the camera follows instead. */
const LEAST_SCALE = 0.6;
const JUMP = 90;
const SIGHT = 260;

export class ArenaView implements View<FrozenState> {
  readonly #camera = new Camera(ARENA_FIELD, LEAST_SCALE);
  readonly #motion = new Motion(JUMP);
  readonly #bullets = new ArenaBullets();
  readonly #effects = new ArenaEffects();
  readonly #particles = new Particles();
  readonly #news = new ArenaNews();
  #places = new Map<number, Point>();
  #focus: Point | undefined;

  get focus(): Point | undefined {
    return this.#focus;
  }

  toWorld(point: Point): Point {
    const { x, y } = this.#camera.toField(point);
    return { x: x * UNIT, y: y * UNIT };
  }

  board(scene: Scene<FrozenState>): Board {
    return arenaBoard(scene);
  }

  takeNews(): readonly NewsItem[] {
    return this.#news.take();
  }

  draw(scene: Scene<FrozenState>, brush: CanvasRenderingContext2D, screen: Screen): void {
    this.#placePlayers(scene);
    const own = scene.seat === undefined ? undefined : this.#places.get(scene.seat);
    this.#camera.follow(screen, own, scene.elapsed);
    this.#effects.watch(scene, this.#particles);
    this.#watchNews(scene);
    brush.save();
    if (!screen.isCalm) {
      const shake = this.#effects.shake(scene.now);
      brush.translate(shake.x, shake.y);
    }
    this.#camera.apply(brush);
    drawArenaGround(brush, this.#camera.scale);
    drawMedkits(brush, scene.state.medkitsFrom, scene);
    if (own !== undefined && scene.aim !== undefined) this.#drawSight(scene, brush, own);
    this.#bullets.draw(scene, brush, this.#particles);
    this.#drawPlayers(scene, brush);
    this.#particles.draw(brush, screen.isCalm ? 1e6 : scene.elapsed, FONT);
    brush.restore();
    this.#drawLabels(scene, brush, screen);
    if (!screen.isCalm) this.#effects.drawVignette(brush, screen, scene.now);
    this.#focus = own === undefined ? undefined : this.#camera.toScreen(own);
  }

  #placePlayers(scene: Scene<FrozenState>): void {
    this.#places = new Map();
    for (const [seat, player] of scene.state.players) {
      const before = scene.previous.players.get(seat);
      const isAcross = before !== undefined && (before.health === 0) === (player.health === 0);
      const to = { x: player.x / UNIT, y: player.y / UNIT };
      const from = isAcross ? { x: before.x / UNIT, y: before.y / UNIT } : to;
      this.#places.set(seat, this.#motion.place(seat, from, to, scene));
    }
    this.#motion.sweep();
  }

  /** The local aim is shown at once, everybody else's on its way between two ticks. */
  #aimOf(scene: Scene<FrozenState>, seat: number): number {
    if (seat === scene.seat && scene.aim !== undefined) return scene.aim;
    const to = radiansOf(scene.state.players.get(seat)?.aim ?? 0);
    return turn(radiansOf(scene.previous.players.get(seat)?.aim ?? 0), to, scene.alpha);
  }

  #drawPlayers(scene: Scene<FrozenState>, brush: CanvasRenderingContext2D): void {
    for (const [seat, player] of scene.state.players) {
      const at = this.#places.get(seat);
      if (player.health === 0 || at === undefined) continue;
      const presence = presenceOf(scene.roster, seat);
      if (presence < 1) drawAway(brush, at, BODY_RADIUS + 6);
      drawBody(brush, {
        seat,
        at,
        presence,
        aim: this.#aimOf(scene, seat),
        health: player.health / FULL_HEALTH,
        isOwn: seat === scene.seat,
        isShielded: isShielded(player, scene.tick),
        muzzle: this.#effects.muzzle(seat, scene.now),
        flash: this.#effects.flash(seat, scene.now),
        now: scene.now,
      });
    }
  }

  /** A faint dotted line: where a shot would go. */
  #drawSight(scene: Scene<FrozenState>, brush: CanvasRenderingContext2D, own: Point): void {
    const { state, seat, aim = 0 } = scene;
    if (seat === undefined || state.players.get(seat)?.health === 0 || state.phase !== Phase.fight) return;
    const far = { x: Math.cos(aim) * SIGHT, y: Math.sin(aim) * SIGHT };
    const from = { x: own.x * UNIT, y: own.y * UNIT };
    const clear = clearFraction(from, { x: from.x + far.x * UNIT, y: from.y + far.y * UNIT }, 0);
    if (clear * SIGHT < MUZZLE + 20) return;
    brush.save();
    brush.strokeStyle = "rgba(233, 238, 248, 0.22)";
    brush.lineWidth = 1.6;
    brush.setLineDash([2, 10]);
    brush.beginPath();
    brush.moveTo(own.x + Math.cos(aim) * (MUZZLE + 10), own.y + Math.sin(aim) * (MUZZLE + 10));
    brush.lineTo(own.x + far.x * clear, own.y + far.y * clear);
    brush.stroke();
    brush.restore();
  }

  #drawLabels(scene: Scene<FrozenState>, brush: CanvasRenderingContext2D, screen: Screen): void {
    for (const [seat, player] of scene.state.players) {
      const place = this.#places.get(seat);
      if (player.health === 0 || place === undefined) continue;
      const at = this.#camera.toScreen(place);
      const above = (BODY_RADIUS + 14) * this.#camera.scale + 3;
      drawName(brush, { x: at.x, y: at.y - above }, labelOf(scene.roster, seat), seat === scene.seat);
      if (seat !== scene.seat) drawEdgeArrow(brush, at, seat, screen);
    }
  }

  #watchNews(scene: Scene<FrozenState>): void {
    for (const { shooter } of this.#news.watch(scene.confirmed, scene.confirmedTick)) {
      const at = shooter === undefined ? undefined : this.#places.get(shooter);
      if (shooter !== scene.seat || at === undefined) continue;
      this.#particles.word({ x: at.x, y: at.y - BODY_RADIUS - 26 }, INK.accent, "+1", 20);
    }
  }
}
