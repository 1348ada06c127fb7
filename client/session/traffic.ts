/** Bytes of game messages per second, both ways, over the last few seconds. */

const WINDOW_MS = 3000;

export class Traffic {
  #entries: { readonly at: number; readonly up: number; readonly down: number }[] = [];

  count(direction: "up" | "down", bytes: number, now: number): void {
    this.#forget(now);
    this.#entries.push({ at: now, up: direction === "up" ? bytes : 0, down: direction === "down" ? bytes : 0 });
  }

  /** Bytes per second at `now` (ms). */
  rates(now: number): { readonly up: number; readonly down: number } {
    this.#forget(now);
    let up = 0;
    let down = 0;
    for (const entry of this.#entries) {
      up += entry.up;
      down += entry.down;
    }
    const seconds = WINDOW_MS / 1000;
    return { up: up / seconds, down: down / seconds };
  }

  /** Also when nobody asks for the rates: a load bot runs for hours without a panel. */
  #forget(now: number): void {
    while (this.#entries.length > 0 && now - this.#entries[0]!.at >= WINDOW_MS) this.#entries.shift();
  }
}
