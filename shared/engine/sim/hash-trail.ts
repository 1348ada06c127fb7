/** The hashes of the last worlds, tick by tick, and one number that stands for a run of them (R7). */

/** Folds one more state hash into a digest; the order counts. */
const fold = (digest: number, hash: number): number => {
  const mixed = Math.imul(digest ^ hash, 0x9e3779b1 | 0);
  return (mixed ^ (mixed >>> 15)) >>> 0;
};

export class HashTrail {
  readonly #ticks: Float64Array;
  readonly #hashes: Uint32Array;
  #latest: number | undefined;

  /** @param capacity ticks kept. */
  constructor(capacity: number) {
    this.#ticks = new Float64Array(capacity).fill(-1);
    this.#hashes = new Uint32Array(capacity);
  }

  /** The tick recorded last. */
  get latestTick(): number | undefined {
    return this.#latest;
  }

  /** Notes the hash of the world at a tick; once more for the same tick replaces it. */
  record(tick: number, hash: number): void {
    const slot = tick % this.#ticks.length;
    this.#ticks[slot] = tick;
    this.#hashes[slot] = hash;
    this.#latest = tick;
  }

  /** The hash at a tick; undefined when it is not known any more, or never was. */
  hashAt(tick: number): number | undefined {
    if (!(tick >= 0)) return undefined;
    const slot = tick % this.#ticks.length;
    return this.#ticks[slot] === tick ? this.#hashes[slot] : undefined;
  }

  /** One number for the worlds of the `count` ticks up to `tick` (fewer at the start of a match); undefined when one is unknown. */
  digest(tick: number, count: number): number | undefined {
    let digest = 0;
    for (let at = Math.max(0, tick - count + 1); at <= tick; at++) {
      const hash = this.hashAt(at);
      if (hash === undefined) return undefined;
      digest = fold(digest, hash);
    }
    return digest;
  }

  /** Forgets everything. */
  reset(): void {
    this.#ticks.fill(-1);
    this.#latest = undefined;
  }
}
