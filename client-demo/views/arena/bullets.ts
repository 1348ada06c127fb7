/** Bullets: drawn on their way from tick to tick, and the sparks where they end. */
import { cos, sin } from "../../../shared/engine/index.ts";
import { BULLET_RADIUS, BULLET_SPEED, BULLET_TICKS } from "../../../shared/games/arena/combat.ts";
import { clearFraction, UNIT } from "../../../shared/games/arena/map.ts";
import { PLAYER_RADIUS } from "../../../shared/games/arena/movement.ts";
import { type FrozenState, radiansOf } from "../../../shared/games/arena/schema.ts";
import { INK, seatStyle } from "../../ui/palette.ts";
import { OnceLatch } from "../latch.ts";
import { Motion } from "../motion.ts";
import type { Particles } from "../particles.ts";
import type { Point, Scene } from "../view.ts";

type Bullet = FrozenState["bullets"][number];

const TRACER = 24;
const JUMP = 260;
/** A bullet that a rollback brought in late comes out of the barrel faster than it flies: at most this many ticks. */
const MOST_LATE_TICKS = 5;
const IMPACT_HOLD_MS = 1500;

/** A gun fires at most one bullet a tick, and every bullet flies equally long: together they name it. */
const keyOf = ({ fliesUntil, owner }: Bullet): number => fliesUntil * 256 + owner;

export class ArenaBullets {
  readonly #motion = new Motion(JUMP);
  readonly #impacts = new OnceLatch(IMPACT_HOLD_MS);

  draw(scene: Scene<FrozenState>, brush: CanvasRenderingContext2D, particles: Particles): void {
    const { state, previous, tick } = scene;
    const before = new Map(previous.bullets.map((bullet) => [keyOf(bullet), bullet]));
    brush.lineCap = "round";
    for (const bullet of state.bullets) {
      const key = keyOf(bullet);
      const way = wayOf(bullet);
      const to = { x: bullet.x / UNIT, y: bullet.y / UNIT };
      const from = { x: to.x - way.x, y: to.y - way.y };
      const age = BULLET_TICKS - (bullet.fliesUntil - tick) - 1;
      const late = Math.min(age, MOST_LATE_TICKS);
      drawTracer(brush, bullet, this.#motion.place(key, from, to, scene, { x: -way.x * late, y: -way.y * late }));
      before.delete(key);
    }
    // What is left has ended within this tick.
    for (const bullet of before.values()) this.#end(bullet, scene, brush, particles);
    this.#motion.sweep();
    this.#impacts.sweep(scene.now);
  }

  #end(bullet: Bullet, scene: Scene<FrozenState>, brush: CanvasRenderingContext2D, particles: Particles): void {
    const way = wayOf(bullet);
    const { stop, victim } = stopOf(bullet, scene.state, way);
    const at = { x: bullet.x / UNIT + way.x * stop, y: bullet.y / UNIT + way.y * stop };
    if (scene.alpha < stop) {
      const x = bullet.x / UNIT + way.x * scene.alpha;
      const y = bullet.y / UNIT + way.y * scene.alpha;
      drawTracer(brush, bullet, { x, y });
    } else if (stop < 1 && this.#impacts.first(keyOf(bullet), scene.now)) {
      const colour = victim === undefined ? "#aebbd6" : seatStyle(victim).colour;
      const heading = radiansOf(bullet.aim) + Math.PI;
      particles.burst({ at, colour, count: 6, speed: 230, heading, spread: 0.9, lifeMs: 220 });
    }
  }
}

/** The way of one tick in field units. */
function wayOf({ aim }: Bullet): Point {
  const length = BULLET_SPEED / UNIT;
  return { x: cos(radiansOf(aim)) * length, y: sin(radiansOf(aim)) * length };
}

/** Which share of its tick a bullet flew before something was in its way, 1 for nothing. */
function stopOf(bullet: Bullet, state: FrozenState, way: Point): { stop: number; victim: number | undefined } {
  const end = { x: bullet.x + way.x * UNIT, y: bullet.y + way.y * UNIT };
  let stop = clearFraction(bullet, end, 0);
  let victim: number | undefined;
  const reach = PLAYER_RADIUS + BULLET_RADIUS;
  for (const [seat, player] of state.players) {
    if (seat === bullet.owner) continue;
    const dx = player.x - bullet.x;
    const dy = player.y - bullet.y;
    const along = (dx * way.x + dy * way.y) / ((way.x * way.x + way.y * way.y) * UNIT);
    const nearest = Math.max(0, Math.min(along, 1));
    const missX = dx - nearest * way.x * UNIT;
    const missY = dy - nearest * way.y * UNIT;
    if (missX * missX + missY * missY > reach * reach || nearest >= stop) continue;
    stop = nearest;
    victim = seat;
  }
  return { stop, victim };
}

function drawTracer(brush: CanvasRenderingContext2D, bullet: Bullet, at: Point): void {
  const heading = radiansOf(bullet.aim);
  const tail = { x: at.x - Math.cos(heading) * TRACER, y: at.y - Math.sin(heading) * TRACER };
  brush.strokeStyle = seatStyle(bullet.owner).colour;
  brush.globalAlpha = 0.7;
  brush.lineWidth = 4;
  brush.beginPath();
  brush.moveTo(tail.x, tail.y);
  brush.lineTo(at.x, at.y);
  brush.stroke();
  brush.globalAlpha = 1;
  brush.strokeStyle = INK.text;
  brush.lineWidth = 4.4;
  brush.beginPath();
  brush.moveTo(at.x - Math.cos(heading) * 7, at.y - Math.sin(heading) * 7);
  brush.lineTo(at.x, at.y);
  brush.stroke();
}
