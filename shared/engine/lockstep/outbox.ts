/** Messages that wait to be sent: the runtime returns work, it never calls out (R12). */

/** One message to send: a type of `Up` and its bytes. */
export interface Outgoing {
  readonly type: number;
  readonly bytes: Uint8Array;
}

export class Outbox {
  #waiting: Outgoing[] = [];

  put(type: number, bytes: Uint8Array): void {
    this.#waiting.push({ type, bytes });
  }

  /** What was put in since the last call. */
  take(): readonly Outgoing[] {
    const taken = this.#waiting;
    if (taken.length > 0) this.#waiting = [];
    return taken;
  }
}
