/** The motion of thousands of units: as `Motion` does it for a few, in arrays, without an object for each. */
import { CELL } from "../../../shared/games/skirmish/map.ts";
import { type FrozenState, MOST_SEATS, MOST_UNITS } from "../../../shared/games/skirmish/schema.ts";
import type { Moment } from "../view.ts";

const MOST = MOST_SEATS * MOST_UNITS;
/** A correction is at one twentieth after 100 ms. */
const EASE_MS = 33;
/** In cells: from here on a unit is put there at once. */
const JUMP = 1.5;

export class UnitMotion {
  /** Where each unit is drawn, in cells, by its id. */
  readonly xs = new Float32Array(MOST);
  readonly ys = new Float32Array(MOST);
  readonly #fromX = new Float32Array(MOST);
  readonly #fromY = new Float32Array(MOST);
  readonly #toX = new Float32Array(MOST);
  readonly #toY = new Float32Array(MOST);
  readonly #errorX = new Float32Array(MOST);
  readonly #errorY = new Float32Array(MOST);
  #tick = -2;
  #alpha = 0;

  place(state: FrozenState, previous: FrozenState, { tick, alpha, elapsed }: Moment): void {
    const decay = Math.exp(-elapsed / EASE_MS);
    const isSame = tick === this.#tick;
    const isNext = tick === this.#tick + 1;
    for (let id = 0; id < state.units.length; id++) {
      const unit = state.units[id]!;
      const before = previous.units[id];
      const toX = unit.x / CELL;
      const toY = unit.y / CELL;
      const isNear = before !== undefined && Math.abs(before.x - unit.x) + Math.abs(before.y - unit.y) < JUMP * CELL;
      const fromX = isNear ? before.x / CELL : toX;
      const fromY = isNear ? before.y / CELL : toY;
      let errorX = this.#errorX[id]! * decay;
      let errorY = this.#errorY[id]! * decay;
      // What the world says now of a moment that was drawn before.
      if (isSame) {
        errorX += mix(this.#fromX[id]!, this.#toX[id]!, this.#alpha) - mix(fromX, toX, this.#alpha);
        errorY += mix(this.#fromY[id]!, this.#toY[id]!, this.#alpha) - mix(fromY, toY, this.#alpha);
      } else if (isNext) {
        errorX += this.#toX[id]! - fromX;
        errorY += this.#toY[id]! - fromY;
      }
      if (Math.abs(errorX) + Math.abs(errorY) > JUMP || !(isSame || isNext)) errorX = errorY = 0;
      this.#errorX[id] = errorX;
      this.#errorY[id] = errorY;
      this.#fromX[id] = fromX;
      this.#fromY[id] = fromY;
      this.#toX[id] = toX;
      this.#toY[id] = toY;
      this.xs[id] = mix(fromX, toX, alpha) + errorX;
      this.ys[id] = mix(fromY, toY, alpha) + errorY;
    }
    this.#tick = tick;
    this.#alpha = alpha;
  }
}

const mix = (from: number, to: number, alpha: number): number => from + (to - from) * alpha;
