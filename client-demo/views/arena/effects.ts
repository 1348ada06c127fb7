/** The effects of the arena, drawn from the difference between two worlds: shots, hits, falls, returns, medkits. */
import { FULL_HEALTH } from "../../../shared/games/arena/combat.ts";
import { MEDKITS, UNIT } from "../../../shared/games/arena/map.ts";
import type { FrozenState } from "../../../shared/games/arena/schema.ts";
import { INK, seatStyle } from "../../ui/palette.ts";
import { FallLatch, OnceLatch } from "../latch.ts";
import type { Particles } from "../particles.ts";
import type { Point, Scene, Screen } from "../view.ts";

const MUZZLE_MS = 90;
const FLASH_MS = 130;
const VIGNETTE_MS = 420;
/** Shorter than a reload, longer than a rollback moves a shot. */
const SHOT_HOLD_MS = 150;
const RETURN_HOLD_MS = 600;
const SHAKE_PIXELS = 5;

interface Marks {
  readonly health: FallLatch;
  shotAt: number;
  hitAt: number;
}

/** How much is left of something that began at `since` and lasts `length` milliseconds: 1 .. 0. */
const leftOf = (since: number, length: number, now: number): number => Math.max(0, 1 - (now - since) / length);

export class ArenaEffects {
  readonly #marks = new Map<number, Marks>();
  readonly #shots = new OnceLatch(SHOT_HOLD_MS);
  readonly #returns = new OnceLatch(RETURN_HOLD_MS);
  readonly #medkits = new OnceLatch(RETURN_HOLD_MS);
  #hurtAt = Number.NEGATIVE_INFINITY;
  #isWeak = false;

  /** Compares the worlds of this draw. */
  watch(scene: Scene<FrozenState>, particles: Particles): void {
    const { state, previous, now } = scene;
    for (const [seat, player] of state.players) {
      const marks = this.#marksOf(seat);
      const before = previous.players.get(seat);
      const at = { x: player.x / UNIT, y: player.y / UNIT };
      if (before !== undefined && player.loadedAt > before.loadedAt && this.#shots.first(seat, now)) marks.shotAt = now;
      if (marks.health.fall(player.health, now) > 0) {
        marks.hitAt = now;
        if (seat === scene.seat) this.#hurtAt = now;
        if (player.health === 0) fallApart(particles, at, seat);
      }
      const isBack = before?.health === 0 && player.health > 0;
      if (isBack && this.#returns.first(seat, now)) particles.ring(at, seatStyle(seat).colour, 46, 420);
    }
    for (const seat of this.#marks.keys()) if (!state.players.has(seat)) this.#marks.delete(seat);
    this.#watchMedkits(scene, particles);
    const own = scene.seat === undefined ? undefined : state.players.get(scene.seat);
    this.#isWeak = own !== undefined && own.health > 0 && own.health <= FULL_HEALTH / 4;
  }

  muzzle(seat: number, now: number): number {
    return leftOf(this.#marksOf(seat).shotAt, MUZZLE_MS, now);
  }

  flash(seat: number, now: number): number {
    return leftOf(this.#marksOf(seat).hitAt, FLASH_MS, now);
  }

  /** How far to move the picture, in pixels. */
  shake(now: number): Point {
    const strength = SHAKE_PIXELS * leftOf(this.#hurtAt, FLASH_MS * 1.5, now) ** 2;
    return { x: strength * Math.sin(now / 11), y: strength * Math.cos(now / 13) };
  }

  /** The edge of the screen reddens after a hit, and stays so a little for one who will not stand another. */
  drawVignette(brush: CanvasRenderingContext2D, screen: Screen, now: number): void {
    const strength = Math.max(0.34 * leftOf(this.#hurtAt, VIGNETTE_MS, now), this.#isWeak ? 0.14 : 0);
    if (strength <= 0) return;
    const { width, height } = screen;
    const radius = Math.hypot(width, height) / 2;
    const gradient = brush.createRadialGradient(width / 2, height / 2, radius * 0.62, width / 2, height / 2, radius);
    gradient.addColorStop(0, "rgba(255, 70, 70, 0)");
    gradient.addColorStop(1, `rgba(255, 70, 70, ${strength})`);
    brush.fillStyle = gradient;
    brush.fillRect(0, 0, width, height);
  }

  #watchMedkits({ state, previous, tick, now }: Scene<FrozenState>, particles: Particles): void {
    MEDKITS.forEach((medkit, index) => {
      const from = state.medkitsFrom[index] ?? 0;
      if (from <= tick || from === previous.medkitsFrom[index] || !this.#medkits.first(index, now)) return;
      particles.ring({ x: medkit.x / UNIT, y: medkit.y / UNIT }, INK.good, 40, 380);
    });
  }

  #marksOf(seat: number): Marks {
    let marks = this.#marks.get(seat);
    if (marks === undefined) {
      marks = { health: new FallLatch(), shotAt: Number.NEGATIVE_INFINITY, hitAt: Number.NEGATIVE_INFINITY };
      this.#marks.set(seat, marks);
    }
    return marks;
  }
}

function fallApart(particles: Particles, at: Point, seat: number): void {
  const { colour } = seatStyle(seat);
  particles.burst({ at, colour, count: 22, speed: 380, lifeMs: 520 });
  particles.ring(at, colour, 62, 460);
}
