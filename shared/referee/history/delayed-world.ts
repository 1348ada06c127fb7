/** The match as it was some seconds ago, stepped again for spectators with a delay who step nothing themselves. */
import type { Plain } from "../../engine/layout/plain.ts";
import { stepFrames } from "../../engine/protocol/step-frames.ts";
import type { Simulation } from "../../engine/sim/simulation.ts";
import type { Keyframes } from "./keyframes.ts";

export class DelayedWorld<I, S> {
  readonly #keyframes: Keyframes<I, S>;
  readonly #delayTicks: number;
  #world: Simulation<I, S> | undefined;

  constructor(keyframes: Keyframes<I, S>, delayTicks: number) {
    this.#keyframes = keyframes;
    this.#delayTicks = delayTicks;
  }

  /**
   * Brings it to where it belongs when the present is `presentTick`.
   *
   * @returns undefined until the match has run for the delay.
   * @throws whatever the game's rules throw.
   */
  advance(presentTick: number): { readonly tick: number; readonly state: Plain<S> } | undefined {
    const tick = presentTick - this.#delayTicks;
    if (tick < 0) return undefined;
    const bodies = this.#world && this.#keyframes.framesBetween(this.#world.tick, tick);
    const isFit = this.#world !== undefined && bodies !== undefined && stepFrames(this.#world, bodies, tick);
    if (!isFit) this.#world = this.#keyframes.worldAt(tick);
    return this.#world;
  }

  /** Nobody watches any more. */
  forget(): void {
    this.#world = undefined;
  }
}
