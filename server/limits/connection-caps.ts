/** The open connections of each address; those that only wait for a next request do not count. */

/** One connection of an address. */
export interface Place {
  /** It waits for whatever comes next. */
  rest(): void;
  /** Something has come; false when its address has no place left by now. */
  resume(): boolean;
  leave(): void;
}

export class ConnectionCaps {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes one of the address's places; undefined when it has none left. */
  take(key: string): Place | undefined {
    if (this.isFull(key)) return undefined;
    let isCounted = true;
    let isGone = false;
    this.#add(key, 1);
    const rest = (): void => {
      if (isCounted) this.#add(key, -1);
      isCounted = false;
    };
    return {
      rest,
      resume: () => {
        if (isCounted) return true;
        if (isGone || this.isFull(key)) return false;
        isCounted = true;
        this.#add(key, 1);
        return true;
      },
      leave: () => {
        isGone = true;
        rest();
      },
    };
  }

  /** @param own of its connections that do not stand in the way of one more. */
  isFull(key: string, own = 0): boolean {
    return (this.#open.get(key) ?? 0) - own >= this.#most;
  }

  /** Counts one connection more for a while: what it did costs more than a connection. */
  penalise(key: string, ms: number): void {
    this.#add(key, 1);
    setTimeout(() => this.#add(key, -1), ms).unref();
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#open.size;
  }

  #add(key: string, change: number): void {
    const open = (this.#open.get(key) ?? 0) + change;
    if (open > 0) this.#open.set(key, open);
    else this.#open.delete(key);
  }
}
