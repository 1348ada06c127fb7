/** The own hash of each confirmed tick that was seen, for tests that compare two pages. */

const MOST_HASHES = 4000;

export class HashRecord extends Map<number, number> {
  #newest: number | undefined;

  /** Keeps the hash of a tick; asks for it only when the tick is new. A tick before the newest starts a new match. */
  record(tick: number, hash: () => number): void {
    if (tick === this.#newest) return;
    if (this.#newest !== undefined && tick < this.#newest) this.clear();
    this.#newest = tick;
    this.set(tick, hash());
    if (this.size <= MOST_HASHES) return;
    for (const oldest of this.keys()) {
      this.delete(oldest);
      return;
    }
  }
}
