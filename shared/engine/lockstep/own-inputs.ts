/** The local player's inputs: sampled once a tick, kept for resimulation, sent when they change or as a heartbeat. */
import type { InputCodec } from "../codec/input-codec.ts";

/** A held input is said again this often, in seconds; the server lets an input hold for four times as long. */
const HEARTBEAT_SECONDS = 0.25;

export class OwnInputs<Input> {
  readonly #codec: InputCodec<Input>;
  readonly #inputs: Input[];
  readonly #ticks: Float64Array;
  readonly #heartbeatTicks: number;
  readonly #lastSent: Input;
  /** Every tick's input is sent, changed or not: a strict room waits for each (R2). */
  isEager = false;
  #lastSentTick: number | undefined;
  #latestTick = -1;

  /** @param capacity ticks kept; more than the prediction window and the input delay together. */
  constructor(codec: InputCodec<Input>, tickRate: number, capacity: number) {
    this.#codec = codec;
    this.#inputs = Array.from({ length: capacity }, () => codec.create());
    this.#ticks = new Float64Array(capacity).fill(-1);
    this.#heartbeatTicks = Math.max(1, Math.round(tickRate * HEARTBEAT_SECONDS));
    this.#lastSent = codec.create();
  }

  /** What was wanted for exactly this tick; undefined when nothing was sampled for it. */
  get(tick: number): Input | undefined {
    const slot = tick % this.#inputs.length;
    return this.#ticks[slot] === tick ? this.#inputs[slot] : undefined;
  }

  /**
   * Keeps what is wanted for a tick, as a copy.
   *
   * @returns whether it has to be sent: an input holds until the next one, so only changes and heartbeats travel.
   * @throws ValueError when the input does not fit its declaration.
   */
  set(tick: number, input: Input): boolean {
    this.#codec.settle(input);
    const slot = tick % this.#inputs.length;
    this.#codec.copy(input, this.#inputs[slot]!);
    this.#ticks[slot] = tick;
    this.#latestTick = tick;
    const isDue = this.isEager || this.#lastSentTick === undefined || tick - this.#lastSentTick >= this.#heartbeatTicks;
    if (!isDue && this.#codec.equals(input, this.#lastSent)) return false;
    this.#lastSentTick = tick;
    this.#codec.copy(input, this.#lastSent);
    return true;
  }

  /**
   * Looks for what a frame holds for this player among what was wanted.
   *
   * @returns the tick of the first input that was not in force yet when the frame of `tick` was closed; undefined when all were,
   *   or when it was none of the last ones.
   */
  firstMissing(tick: number, held: Input): number | undefined {
    for (let at = tick; tick - at < this.#inputs.length; at--) {
      const wanted = this.get(at);
      if (wanted === undefined) return undefined;
      if (this.#codec.equals(wanted, held)) return at === tick ? undefined : at + 1;
    }
    return undefined;
  }

  /** The last tick something was wanted for; -1 before the first. */
  get latestTick(): number {
    return this.#latestTick;
  }

  /** Forgets everything: the next input travels in any case. */
  reset(): void {
    this.#latestTick = -1;
    this.#ticks.fill(-1);
    this.#lastSentTick = undefined;
  }
}
