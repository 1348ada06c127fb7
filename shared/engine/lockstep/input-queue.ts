/** The local player's inputs by tick: what was wanted from which tick on, kept as long as a rollback can ask for it. */
import type { InputCodec } from "../codec/input-codec.ts";

export class InputQueue<Input> {
  readonly #codec: InputCodec<Input>;
  readonly #inputs: Input[];
  readonly #ticks: Int32Array;

  /** @param capacity ticks kept; more than the prediction window and the input delay together. */
  constructor(codec: InputCodec<Input>, capacity: number) {
    this.#codec = codec;
    this.#inputs = Array.from({ length: capacity }, () => codec.create());
    this.#ticks = new Int32Array(capacity).fill(-1);
  }

  set(tick: number, input: Input): void {
    const slot = tick % this.#inputs.length;
    this.#codec.copy(input, this.#inputs[slot]!);
    this.#ticks[slot] = tick;
  }

  /** What was wanted for exactly this tick; undefined when nothing was sampled for it. */
  get(tick: number): Input | undefined {
    const slot = tick % this.#inputs.length;
    return this.#ticks[slot] === tick ? this.#inputs[slot] : undefined;
  }

  clear(): void {
    this.#ticks.fill(-1);
  }
}
