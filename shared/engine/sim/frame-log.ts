/** The encoded frames of the last ticks, in one ring of bytes that grows to what the room needs and then stays. */
import { assert } from "../game/assert.ts";

const INITIAL_BYTES = 1024;

export class FrameLog {
  readonly #capacity: number;
  /** Absolute byte positions: frame t occupies [starts[t], ends[t]) of an endless stream, stored modulo the ring. */
  readonly #starts: Float64Array;
  #ring = new Uint8Array(INITIAL_BYTES);
  #end = 0;
  #nextTick: number;
  #firstTick: number;

  /** @param capacity ticks kept. @param firstTick the tick of the first frame to come. */
  constructor(capacity: number, firstTick = 0) {
    this.#capacity = capacity;
    this.#starts = new Float64Array(capacity);
    this.#nextTick = firstTick;
    this.#firstTick = firstTick;
  }

  /** The oldest tick still here. */
  get firstTick(): number {
    return this.#firstTick;
  }

  /** The tick of the next frame to come. */
  get nextTick(): number {
    return this.#nextTick;
  }

  /** Appends the frame of `tick`; a closed frame never changes (R1), so ticks come once and in order. */
  append(tick: number, bytes: Uint8Array): void {
    assert(tick === this.#nextTick, `the log is at tick ${this.#nextTick} and was given the frame of tick ${tick}`);
    if (this.#nextTick - this.#firstTick === this.#capacity) this.#firstTick++;
    const oldest = this.#firstTick === tick ? this.#end : this.#startOf(this.#firstTick);
    if (this.#end - oldest + bytes.length > this.#ring.length) this.#grow(oldest, bytes.length);
    this.#starts[tick % this.#capacity] = this.#end;
    const at = this.#end % this.#ring.length;
    for (let i = 0; i < bytes.length; i++) this.#ring[(at + i) % this.#ring.length] = bytes[i]!;
    this.#end += bytes.length;
    this.#nextTick++;
  }

  /** The frames from `tick` up to `until` (exclusive), one after the other; undefined when not all of them are here. */
  since(tick: number, until = this.#nextTick): Uint8Array | undefined {
    if (tick < this.#firstTick || tick > until || until > this.#nextTick) return undefined;
    return this.#copy(this.#startOf(tick), this.#startOf(until));
  }

  #startOf(tick: number): number {
    return tick === this.#nextTick ? this.#end : this.#starts[tick % this.#capacity]!;
  }

  #copy(start: number, end: number): Uint8Array {
    const out = new Uint8Array(end - start);
    for (let i = 0; i < out.length; i++) out[i] = this.#ring[(start + i) % this.#ring.length]!;
    return out;
  }

  #grow(oldest: number, extra: number): void {
    const kept = this.#copy(oldest, this.#end);
    const grown = new Uint8Array(Math.max(this.#ring.length * 2, kept.length + extra));
    for (let i = 0; i < kept.length; i++) grown[(oldest + i) % grown.length] = kept[i]!;
    this.#ring = grown;
  }
}
