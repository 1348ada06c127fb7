/** A filter that lets every message through once: what a rule does wrong, it does sixty times a second. */

/** A bound, should every message be another one. */
const MOST = 1000;

export class FirstOfEach {
  readonly #known = new Set<string>();

  isNew(key: string): boolean {
    if (this.#known.has(key) || this.#known.size >= MOST) return false;
    this.#known.add(key);
    return true;
  }
}
