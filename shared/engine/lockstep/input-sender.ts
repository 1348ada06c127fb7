/** Decides which sampled inputs travel: changes at once, a held input only as a slow heartbeat (an input holds). */
import type { InputCodec } from "../codec/input-codec.ts";

/** A held input is said again this often, in seconds; the server lets an input hold for four times as long. */
const HEARTBEAT_SECONDS = 0.25;

export class InputSender<Input> {
  readonly #codec: InputCodec<Input>;
  readonly #last: Input;
  readonly #heartbeatTicks: number;
  #lastTick: number | undefined;

  constructor(codec: InputCodec<Input>, tickRate: number) {
    this.#codec = codec;
    this.#last = codec.create();
    this.#heartbeatTicks = Math.max(1, Math.round(tickRate * HEARTBEAT_SECONDS));
  }

  /** Whether this input for this tick has to be sent; takes it as sent when so. */
  shouldSend(tick: number, input: Input): boolean {
    const isDue = this.#lastTick === undefined || tick - this.#lastTick >= this.#heartbeatTicks;
    if (!isDue && this.#codec.equals(input, this.#last)) return false;
    this.#lastTick = tick;
    this.#codec.copy(input, this.#last);
    return true;
  }

  /** Forgets what was sent: the next input travels in any case. */
  reset(): void {
    this.#lastTick = undefined;
  }
}
