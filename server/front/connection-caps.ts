/** How many connections each address has open. */
export class ConnectionCaps {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes one of the address's connections; false when it has none left. */
  take(key: string): boolean {
    const open = this.#open.get(key) ?? 0;
    if (open >= this.#most) return false;
    this.#open.set(key, open + 1);
    return true;
  }

  /** Counts one connection more for a while: what it did costs more than a connection. */
  penalise(key: string, ms: number): void {
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
    setTimeout(() => this.release(key), ms).unref();
  }

  release(key: string): void {
    const open = this.#open.get(key) ?? 0;
    if (open > 1) this.#open.set(key, open - 1);
    else this.#open.delete(key);
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#open.size;
  }
}
