/**
 * The readiness of the process: what `/healthz` and `/readyz` report, and what the front line asks before it admits
 * anybody.
 */
export class Readiness {
  /** Bugs of the server that were contained, by `Faults` or as what would have ended the process; see the log. */
  faults = 0;
  /** Why matches would not outlive this process, though they should; undefined while they would. */
  journalTrouble: string | undefined;
  #isListening = false;
  #isDraining = false;

  /** Whether players may be sent here. */
  get isReady(): boolean {
    return this.#isListening && !this.#isDraining;
  }

  /** Whether it is going down: matches go on for a while, nobody new is let in. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  open(): void {
    this.#isListening = true;
  }

  drain(): void {
    this.#isDraining = true;
  }
}
