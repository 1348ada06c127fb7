/** The local hash of each confirmed tick that was seen, for tests that compare two pages. */

const MOST_HASHES = 4000;
/** About once a second, so that eyes can compare two windows. */
const MILESTONE_TICKS = 20;

export class HashRecord extends Map<number, number> {
  #newest: number | undefined;
  #milestone: { readonly tick: number; readonly hash: number } | undefined;

  override clear(): void {
    super.clear();
    this.#newest = undefined;
    this.#milestone = undefined;
  }

  /** The last one seen of a tick that `MILESTONE_TICKS` divides: two windows that show it show the same one. */
  get milestone(): { readonly tick: number; readonly hash: number } | undefined {
    return this.#milestone;
  }

  /** Keeps the hash of a tick; asks for it only when the tick is new. A tick before the newest starts a new match. */
  record(tick: number, hash: () => number): void {
    if (tick === this.#newest) return;
    if (this.#newest !== undefined && tick < this.#newest) this.clear();
    this.#newest = tick;
    const value = hash();
    this.set(tick, value);
    if (tick % MILESTONE_TICKS === 0) this.#milestone = { tick, hash: value };
    if (this.size <= MOST_HASHES) return;
    for (const oldest of this.keys()) {
      this.delete(oldest);
      return;
    }
  }
}
