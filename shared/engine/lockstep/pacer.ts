/** The local tick clock: it runs a few per cent fast or slow towards its target and jumps only when far away. */

/** Most that the clock runs fast or slow, as a fraction. */
const MOST_SLEW = 0.05;
/** How strongly it leans towards the target, in slew per tick of error. */
const SLEW_PER_TICK = 0.05;
/** Beyond this error, in seconds, catching up by slew would take too long: jump. */
const JUMP_SECONDS = 0.5;

export class Pacer {
  readonly #tickRate: number;
  #position: number | undefined;
  #lastNow = 0;

  /** @param tickRate ticks per second. */
  constructor(tickRate: number) {
    this.#tickRate = tickRate;
  }

  /** Where the local clock stands, in ticks with their fraction; 0 before the first `advance`. */
  get position(): number {
    return this.#position ?? 0;
  }

  /** Forgets the position: the next `advance` jumps to its target. */
  reset(): void {
    this.#position = undefined;
  }

  /** Moves the clock to `now` (ms), steering towards `target` ticks, and returns the new position. */
  advance(now: number, target: number): number {
    const elapsed = ((now - this.#lastNow) * this.#tickRate) / 1000;
    this.#lastNow = now;
    if (this.#position === undefined) return this.#jump(target);
    const error = target - (this.#position + elapsed);
    if (Math.abs(error) > JUMP_SECONDS * this.#tickRate) return this.#jump(target);
    const slew = Math.max(-MOST_SLEW, Math.min(MOST_SLEW, error * SLEW_PER_TICK));
    this.#position += elapsed * (1 + slew);
    return this.#position;
  }

  #jump(target: number): number {
    this.#position = target;
    return target;
  }
}
