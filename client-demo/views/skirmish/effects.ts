/** The effects of fights: arrows and blows, read from the beat of each unit, and who fell, told once from confirmed worlds. */
import { isBuilding, KINDS, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { CELL } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, MOST_SEATS, MOST_UNITS, NO_UNIT, Order } from "../../../shared/games/skirmish/schema.ts";
import { INK, seatStyle } from "../../ui/palette.ts";
import type { Particles } from "../particles.ts";
import type { Scene } from "../view.ts";
import type { Lens } from "./lens.ts";
import type { UnitMotion } from "./unit-motion.ts";

/** Ticks that an arrow flies, and that a blow is seen. */
const FLIGHT = 4;
const BLOW = 3;
const ARROW = 0.5;
const MOST = MOST_SEATS * MOST_UNITS;

/** A strike is on the unit's own beat, so that where its arrow is follows from the tick: nothing is remembered. */
export function drawStrikes(
  brush: CanvasRenderingContext2D,
  { state, tick, alpha }: Scene<FrozenState>,
  motion: UnitMotion,
): void {
  brush.lineCap = "round";
  for (const isArrow of [true, false]) {
    brush.strokeStyle = isArrow ? "#f3e7c4" : "#ffffff";
    brush.lineWidth = isArrow ? 0.07 : 0.1;
    brush.beginPath();
    for (let id = 0; id < state.units.length; id++) {
      const unit = state.units[id]!;
      const { damage, beat, range } = KINDS[unit.kind]!;
      if (unit.target === NO_UNIT || damage === 0 || unit.order === Order.build || range > CELL !== isArrow) continue;
      const age = ((tick - 1 + id) % beat) + alpha;
      const target = state.units[unit.target];
      if (age >= (isArrow ? FLIGHT : BLOW) || target === undefined || target.kind === Kind.none) continue;
      const [x, y] = [motion.xs[id]!, motion.ys[id]!];
      const dx = motion.xs[unit.target]! - x;
      const dy = motion.ys[unit.target]! - y;
      const far = Math.sqrt(dx * dx + dy * dy) || 1;
      if (far * CELL > range + 2 * CELL) continue;
      const at = isArrow ? age / FLIGHT : 0.45;
      const length = isArrow ? ARROW / far : (0.35 * (1 - age / BLOW)) / far;
      brush.moveTo(x + dx * at, y + dy * at);
      brush.lineTo(x + dx * (at + length), y + dy * (at + length));
    }
    brush.stroke();
  }
}

/** Remembers the last confirmed world only: a fall that a rollback takes back is never shown. */
export class Falls {
  readonly #kinds = new Uint8Array(MOST);
  readonly #owners = new Uint8Array(MOST);
  readonly #xs = new Float32Array(MOST);
  readonly #ys = new Float32Array(MOST);
  #tick = -1;
  #count = 0;

  watch({ confirmed, confirmedTick }: Scene<FrozenState>, particles: Particles, lens: Lens): void {
    if (confirmedTick === this.#tick) return;
    const isNew = this.#tick < 0 || confirmedTick < this.#tick;
    this.#tick = confirmedTick;
    const { units } = confirmed;
    for (let id = 0; id < Math.max(units.length, this.#count); id++) {
      const unit = units[id];
      const kind = unit?.kind ?? Kind.none;
      if (!isNew && kind === Kind.none && this.#kinds[id] !== Kind.none) this.#show(id, particles, lens);
      this.#kinds[id] = kind;
      if (unit === undefined) continue;
      this.#owners[id] = unit.owner;
      this.#xs[id] = unit.x / CELL;
      this.#ys[id] = unit.y / CELL;
    }
    this.#count = units.length;
  }

  /** In pixels of the screen, as all particles are. */
  #show(id: number, particles: Particles, lens: Lens): void {
    const at = lens.toScreen({ x: this.#xs[id]!, y: this.#ys[id]! });
    const { colour } = seatStyle(this.#owners[id]!);
    const isLarge = isBuilding(this.#kinds[id]!);
    particles.ring(at, isLarge ? INK.accent : colour, (isLarge ? 3 : 0.7) * lens.scale, isLarge ? 900 : 380);
    const spread = { count: isLarge ? 26 : 4, speed: (isLarge ? 9 : 4) * lens.scale };
    particles.burst({ at, colour, ...spread, lifeMs: isLarge ? 800 : 360 });
  }
}
