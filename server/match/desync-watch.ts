/** Compares what clients say about their confirmed worlds with what the referee's world was (R7). */

/** Hashes kept; more than a client can lag behind before it is given a snapshot anyway. */
const KEPT = 128;

export type HashVerdict = "equal" | "differs" | "unknown-tick";

export class DesyncWatch {
  readonly #ticks = new Float64Array(KEPT).fill(-1);
  readonly #hashes = new Uint32Array(KEPT);
  #next = 0;
  #latest: number | undefined;
  readonly counts: Record<HashVerdict, number> = { equal: 0, differs: 0, "unknown-tick": 0 };

  /** The hash of the newest world recorded. */
  get latest(): { readonly tick: number; readonly hash: number } | undefined {
    return this.#latest === undefined
      ? undefined
      : { tick: this.#ticks[this.#latest]!, hash: this.#hashes[this.#latest]! };
  }

  /** Notes the referee's hash at a tick. */
  record(tick: number, hash: number): void {
    this.#ticks[this.#next] = tick;
    this.#hashes[this.#next] = hash;
    this.#latest = this.#next;
    this.#next = (this.#next + 1) % KEPT;
  }

  /** Judges a client's hash; a tick that was never recorded, is too old, or lies ahead is "unknown-tick". */
  check(tick: number, hash: number): HashVerdict {
    const slot = this.#ticks.indexOf(tick);
    const verdict = slot < 0 ? "unknown-tick" : this.#hashes[slot] === hash ? "equal" : "differs";
    this.counts[verdict]++;
    return verdict;
  }
}
