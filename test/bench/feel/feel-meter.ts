/**
 * A meter of what one player of a match in memory feels: how late the local keys are on the screen, and how far figures
 * are corrected.
 */
import type { LockstepClient } from "../../../shared/engine/lockstep/lockstep-client.ts";
import type { AnyFigures, Point } from "./figures.ts";

/** A key goes down about so often, at a moment that has nothing to do with ticks or draws; milliseconds. */
const PRESS_MS = 700;
const PRESS_SPREAD_MS = 400;

/** Everything since the meter began; distances in pixels of the field drawn 1 : 1, times in milliseconds. */
export interface Felt {
  /** From a key going down to the first draw in which the own figure has stepped with it. */
  readonly presses: number[];
  /** By how far each correction moved a figure of somebody else, and the own one, where they were drawn. */
  readonly others: number[];
  readonly own: number[];
  /** Ticks made again, for each rollback. */
  readonly depths: number[];
  /** The input delay at each draw, in ticks. */
  readonly delays: number[];
}

interface Drawn {
  readonly from: Point;
  readonly to: Point;
}

type Client = LockstepClient<unknown, unknown>;

export class FeelMeter {
  readonly felt: Felt = { presses: [], others: [], own: [], depths: [], delays: [] };
  readonly #client: Client;
  readonly #figures: AnyFigures;
  readonly #random: () => number;
  #pressAt: number;
  /** The tick that the pressed key counts for, once it has been sampled. */
  #pressTick: number | undefined;
  #rollbacks = 0;
  #now = 0;

  /** Watches from the next draw on. @param random numbers from 0 to 1. */
  constructor(client: Client, figures: AnyFigures, random: () => number) {
    this.#client = client;
    this.#figures = figures;
    this.#random = random;
    this.#pressAt = Number.POSITIVE_INFINITY;
    const advance = client.advance.bind(client);
    client.advance = (now) => this.#draw(now, advance);
  }

  /** The player is asked what they want. */
  sampled(): void {
    if (this.#pressTick !== undefined || this.#now < this.#pressAt) return;
    this.#pressTick = this.#client.predictedTick + this.#client.inputDelay;
  }

  #draw(now: number, advance: (now: number) => void): void {
    const client = this.#client;
    this.#now = now;
    if (this.#pressAt === Number.POSITIVE_INFINITY) this.#pressAt = now;
    const before = { tick: client.predictedTick, alpha: client.alpha, figures: this.#look() };
    advance(now);
    this.#compare(before);
    this.felt.delays.push(client.inputDelay);
    if (client.stats.rollbacks > this.#rollbacks) this.felt.depths.push(client.stats.rollbackDepth);
    this.#rollbacks = client.stats.rollbacks;
    if (this.#pressTick === undefined || client.predictedTick <= this.#pressTick) return;
    this.felt.presses.push(now - this.#pressAt);
    this.#pressTick = undefined;
    this.#pressAt = now + PRESS_MS + this.#random() * PRESS_SPREAD_MS;
  }

  #look(): Map<number, Drawn> {
    const { state, previousState } = this.#client;
    const drawn = new Map<number, Drawn>();
    const before = this.#figures.of(previousState);
    // Copies: worlds are changed in place.
    for (const [seat, { x, y }] of this.#figures.of(state)) {
      const from = before.get(seat);
      drawn.set(seat, { from: from === undefined ? { x, y } : { x: from.x, y: from.y }, to: { x, y } });
    }
    return drawn;
  }

  /** As a view does (`motion.ts`): at a moment that both worlds know, the last drawn one or the tick that is now the earlier. */
  #compare(before: { tick: number; alpha: number; figures: Map<number, Drawn> }): void {
    const steps = this.#client.predictedTick - before.tick;
    if (steps !== 0 && steps !== 1) return;
    for (const [seat, now] of this.#look()) {
      const then = before.figures.get(seat);
      if (then === undefined) continue;
      const was = steps === 0 ? between(then, before.alpha) : then.to;
      const is = steps === 0 ? between(now, before.alpha) : now.from;
      const pixels = Math.hypot(is.x - was.x, is.y - was.y) / this.#figures.unitsPerPixel;
      if (pixels > 0) (seat === this.#client.seat ? this.felt.own : this.felt.others).push(pixels);
    }
  }
}

const between = ({ from, to }: Drawn, alpha: number): Point => ({
  x: from.x + (to.x - from.x) * alpha,
  y: from.y + (to.y - from.y) * alpha,
});
