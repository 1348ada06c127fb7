/** Seeded random numbers that are part of the world: copied, hashed and sent with it. */
import { type RandomStream, Sfc32 } from "./sfc32.ts";

/** What rules and bots may ask for: the world's own sequence, and streams beside it. */
export interface Random extends RandomStream {
  /**
   * A sequence of its own for one purpose, and for one thing if `id` is given: `random.stream("loot", chest)`.
   *
   * It starts again in every tick, with other numbers, and within a tick asking again goes on with it. Its numbers
   * follow from the world's random state at the start of the tick, the tick, the name and the id (0 if left out). So:
   * - drawing from a stream changes no other stream and not the world's own sequence, in this tick or later;
   * - drawing from `random` itself changes no stream in this tick, but all of them from the next tick on.
   *
   * Take it where it is used, every tick: one that is kept across ticks is state outside the world.
   *
   * @param id a whole number from -2^31 to 2^31 - 1.
   * @throws RangeError for any other id.
   */
  stream(name: string, id?: number): RandomStream;
}

/** The random numbers of one world (or one bot). Only the world's own sequence is copied, hashed and sent. */
export class WorldRandom extends Sfc32 implements Random {
  /** The world's own sequence as it was at the start of the tick. */
  readonly #start = new Sfc32(0);
  #tick = 0;
  /** The streams asked for in this tick, by name and id. */
  readonly #streams = new Map<string, Map<number, RandomStream>>();

  /** @param seed any unsigned 32-bit number. */
  constructor(seed: number) {
    super(seed);
    this.beginTick(BEFORE_ALL_TICKS);
  }

  /** Fixes what the streams of this tick depend on. A world does it first in every step, and the caller of a bot likewise. */
  beginTick(tick: number): void {
    this.#start.copyFrom(this);
    this.#tick = tick;
    // Emptying an empty map makes it a new table all the same.
    if (this.#streams.size > 0) this.#streams.clear();
  }

  stream(name: string, id = 0): RandomStream {
    if (id !== (id | 0))
      throw new RangeError(`random.stream("${name}", ${id}): give an id that is a whole number of 32 bits`);
    let streams = this.#streams.get(name);
    if (streams === undefined) {
      streams = new Map();
      this.#streams.set(name, streams);
    }
    let stream = streams.get(id);
    if (stream === undefined) {
      stream = new Sfc32(0).branchFrom(this.#start, this.#tick, hashOf(name), id);
      streams.set(id, stream);
    }
    return stream;
  }
}

/** `setup` must not use up the numbers of tick 0. */
const BEFORE_ALL_TICKS = -1;

/** 32 bits of a name. Source: FNV-1a, Fowler, Noll and Vo, here over UTF-16 code units. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash;
}
