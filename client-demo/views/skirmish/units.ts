/** The units on the screen: sprites where they move, rings around the chosen, bars over the hurt, gold on workers' backs. */
import { isBuilding, KINDS, Kind } from "../../../shared/games/skirmish/kinds.ts";
import { type FrozenState, type FrozenUnit, NO_UNIT } from "../../../shared/games/skirmish/schema.ts";
import { INK } from "../../ui/palette.ts";
import type { Lens } from "./lens.ts";
import { DIRECTIONS, Sprites } from "./sprites.ts";
import type { UnitMotion } from "./unit-motion.ts";

const MARGIN = 2;
const UNIT_BAR = { width: 0.6, above: 0.45 } as const;
const BUILDING_BAR = { width: 2.4, above: 1.85 } as const;
const BAR_HEIGHT = 0.1;
/** Pixels a cell from which on bars can be read. */
const BAR_SCALE = 11;

export interface UnitPicture {
  readonly state: FrozenState;
  readonly motion: UnitMotion;
  readonly lens: Lens;
  readonly chosen: ReadonlySet<number>;
}

export class UnitPainter {
  readonly #sprites = new Sprites();
  /** Where each unit looked last, so that who stands still does not turn to the right. */
  readonly #facing = new Uint8Array(4096);

  draw(brush: CanvasRenderingContext2D, picture: UnitPicture): void {
    const { state, motion, lens } = picture;
    drawRings(brush, picture);
    this.#sprites.begin(brush);
    const { left, right, top, bottom } = lens.window;
    for (let id = 0; id < state.units.length; id++) {
      const unit = state.units[id]!;
      if (unit.kind === Kind.none || isBuilding(unit.kind)) continue;
      const x = motion.xs[id]!;
      const y = motion.ys[id]!;
      this.#look(state, unit, id);
      if (x < left - MARGIN || x > right + MARGIN || y < top - MARGIN || y > bottom + MARGIN) continue;
      this.#sprites.draw(brush, unit.kind, unit.owner, this.#facing[id]!, x, y);
    }
    this.#sprites.end(brush);
    drawGold(brush, picture);
    drawBars(brush, picture);
  }

  #look({ units }: FrozenState, unit: FrozenUnit, id: number): void {
    const target = unit.target === NO_UNIT ? undefined : units[unit.target];
    const isStriking = unit.vx === 0 && unit.vy === 0 && target !== undefined && KINDS[unit.kind]!.damage > 0;
    const dx = isStriking ? target.x - unit.x : unit.vx;
    const dy = isStriking ? target.y - unit.y : unit.vy;
    // A shove is no step: who is only pushed looks on as before.
    if (Math.abs(dx) + Math.abs(dy) < 3) return;
    this.#facing[id] = Math.round((Math.atan2(dy, dx) / (2 * Math.PI)) * DIRECTIONS + DIRECTIONS) % DIRECTIONS;
  }
}

function drawRings(brush: CanvasRenderingContext2D, { state, motion, chosen, lens }: UnitPicture): void {
  if (chosen.size === 0) return;
  brush.strokeStyle = "#ffffff";
  brush.lineWidth = Math.max(0.05, 1.4 / lens.scale);
  brush.beginPath();
  for (const id of chosen) {
    const unit = state.units[id];
    if (unit === undefined) continue;
    const [x, y] = [motion.xs[id]!, motion.ys[id]!];
    if (isBuilding(unit.kind)) {
      brush.roundRect(x - 1.6, y - 1.6, 3.2, 3.2, 0.45);
      continue;
    }
    brush.moveTo(x + 0.4, y);
    brush.arc(x, y, 0.4, 0, 2 * Math.PI);
  }
  brush.stroke();
}

function drawGold(brush: CanvasRenderingContext2D, { state, motion }: UnitPicture): void {
  brush.fillStyle = INK.accent;
  brush.beginPath();
  for (let id = 0; id < state.units.length; id++) {
    const unit = state.units[id]!;
    if (unit.kind !== Kind.worker || unit.carries === 0) continue;
    brush.rect(motion.xs[id]! - 0.13, motion.ys[id]! - 0.3, 0.22, 0.22);
  }
  brush.fill();
}

/** All grounds in one path, all healths of one colour in one more: thousands of bars are a few fills. */
function drawBars(brush: CanvasRenderingContext2D, { state, motion, chosen, lens }: UnitPicture): void {
  const { left, right, top, bottom } = lens.window;
  const colours = [INK.good, INK.accent, INK.danger];
  for (let pass = -1; pass < colours.length; pass++) {
    brush.fillStyle = pass < 0 ? "rgba(10, 15, 27, 0.85)" : colours[pass]!;
    brush.beginPath();
    for (let id = 0; id < state.units.length; id++) {
      const unit = state.units[id]!;
      const full = KINDS[unit.kind]!.health;
      if (unit.kind === Kind.none || (unit.health >= full && !chosen.has(id))) continue;
      if (lens.scale < BAR_SCALE && !isBuilding(unit.kind)) continue;
      const [x, y] = [motion.xs[id]!, motion.ys[id]!];
      if (x < left || x > right || y < top || y > bottom) continue;
      const share = unit.health / full;
      if (pass >= 0 && pass !== (share > 0.5 ? 0 : share > 0.25 ? 1 : 2)) continue;
      const { width, above } = isBuilding(unit.kind) ? BUILDING_BAR : UNIT_BAR;
      brush.rect(x - width / 2, y - above, pass < 0 ? width : width * share, BAR_HEIGHT);
    }
    brush.fill();
  }
}
