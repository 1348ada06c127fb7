/** The client's own confirmed worlds of the last seconds, as bytes and hashes, by which a desync is traced back (R7). */
import { ByteWriter } from "../bytes/bytes.ts";
import { hashBytes } from "../bytes/hash.ts";
import { HashTrail } from "../sim/hash-trail.ts";
import type { Simulation } from "../sim/simulation.ts";

export class WorldPast {
  readonly trail: HashTrail;
  readonly #worlds: ByteWriter[];

  /** @param capacity ticks kept; each keeps the bytes of one world, in buffers that are used again. */
  constructor(capacity: number) {
    this.trail = new HashTrail(capacity);
    this.#worlds = Array.from({ length: capacity }, () => new ByteWriter());
  }

  /** Keeps a world as it is at its tick. */
  note<I, S>(world: Simulation<I, S>): void {
    const out = this.#worlds[world.tick % this.#worlds.length]!.reset();
    world.encode(out);
    this.trail.record(world.tick, hashBytes(out.view()));
  }

  /** The snapshot bytes of the world at a tick, valid until that slot is used again; undefined when it is gone. */
  at(tick: number): Uint8Array | undefined {
    if (this.trail.hashAt(tick) === undefined) return undefined;
    return this.#worlds[tick % this.#worlds.length]!.view();
  }

  /** The known hashes of up to `count` ticks ending with `tick`, without a gap. */
  hashesTo(tick: number, count: number): { readonly firstTick: number; readonly hashes: number[] } {
    const hashes: number[] = [];
    let firstTick = tick + 1;
    for (; hashes.length < count; firstTick--) {
      const hash = this.trail.hashAt(firstTick - 1);
      if (hash === undefined) break;
      hashes.unshift(hash);
    }
    return { firstTick, hashes };
  }

  /** Forgets everything: the world is another one now. */
  reset(): void {
    this.trail.reset();
  }
}
