/** Seats that an address has reserved without having connected yet: squatting costs others their places. */

/** Colyseus keeps a reservation for so long. */
const RESERVATION_MS = 15_000;

export class PendingJoins {
  readonly #most: number;
  /** When each reservation of an address was made, oldest first. */
  readonly #since = new Map<string, number[]>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a reservation; false when the address has too many open. */
  begin(key: string, now: number): boolean {
    const open = this.#openOf(key, now);
    if (open.length >= this.#most) return false;
    open.push(now);
    this.#since.set(key, open);
    return true;
  }

  /** One of them has connected, or came to nothing. */
  end(key: string): void {
    const open = this.#since.get(key);
    open?.shift();
    if (open?.length === 0) this.#since.delete(key);
  }

  /** Forgets addresses that nothing is open of. */
  sweep(now: number): void {
    for (const key of this.#since.keys()) if (this.#openOf(key, now).length === 0) this.#since.delete(key);
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#since.size;
  }

  #openOf(key: string, now: number): number[] {
    return (this.#since.get(key) ?? []).filter((since) => now - since < RESERVATION_MS);
  }
}
