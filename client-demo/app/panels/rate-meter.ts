/** A meter of how fast a count grew over the last second. */

const WINDOW_MS = 1000;

export class RateMeter {
  #samples: { readonly count: number; readonly at: number }[] = [];

  add(count: number, now: number): void {
    this.#samples.push({ count, at: now });
    while (this.#samples.length > 2 && now - this.#samples[0]!.at > WINDOW_MS) this.#samples.shift();
  }

  perSecond(): number {
    const first = this.#samples[0];
    const last = this.#samples[this.#samples.length - 1];
    if (first === undefined || last === undefined || last.at === first.at) return 0;
    return ((last.count - first.count) * 1000) / (last.at - first.at);
  }
}
