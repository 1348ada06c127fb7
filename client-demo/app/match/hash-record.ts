/** The record of local hashes at confirmed ticks: one tick in twenty for eyes, and all that are seen where a test asks for them. */
import type { ConfirmedState } from "../../../client/match/match-source.ts";

const MOST_HASHES = 4000;
/** About once a second, so that eyes can compare two windows. */
const MILESTONE_TICKS = 20;

export class HashRecord extends Map<number, number> {
  #newest: number | undefined;
  #milestone: { readonly tick: number; readonly hash: number } | undefined;
  #areAllKept = false;

  override clear(): void {
    super.clear();
    this.#newest = undefined;
    this.#milestone = undefined;
  }

  /** From now on the newest 4,000 hashes that were seen stand in the map: for tests, since a hash costs a whole world. */
  keepAll(): void {
    this.#areAllKept = true;
  }

  /** The last one seen of a tick that `MILESTONE_TICKS` divides: two windows that show it show the same one. */
  get milestone(): { readonly tick: number; readonly hash: number } | undefined {
    return this.#milestone;
  }

  /** Takes the newest confirmed world; it is hashed only where that is to be kept. A tick before the newest starts a new match. */
  record(confirmed: ConfirmedState): void {
    const { tick } = confirmed;
    if (tick === this.#newest) return;
    if (this.#newest !== undefined && tick < this.#newest) this.clear();
    this.#newest = tick;
    const isMilestone = tick % MILESTONE_TICKS === 0;
    if (!isMilestone && !this.#areAllKept) return;
    const hash = confirmed.hash();
    if (isMilestone) this.#milestone = { tick, hash };
    if (this.#areAllKept) this.#keep(tick, hash);
  }

  #keep(tick: number, hash: number): void {
    this.set(tick, hash);
    if (this.size <= MOST_HASHES) return;
    for (const oldest of this.keys()) {
      this.delete(oldest);
      return;
    }
  }
}
