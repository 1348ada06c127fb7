/** The last desync of each client of a room: what the monitor shows beside its name. */
import type { DesyncReport } from "../../shared/referee/desync/desync-report.ts";

/** Clients come and go; the oldest notes are forgotten. */
const MOST_NOTES = 100;

export interface Note {
  readonly tick: number;
  readonly culprit: string;
  /** The first field that differed. */
  readonly path: string;
  /** Milliseconds of the monotonic clock. */
  readonly at: number;
}

export class DesyncNotes {
  readonly #last = new Map<string, Note>();

  take({ client, tick, culprit, differences }: DesyncReport, now: number): void {
    this.#last.delete(client.id);
    this.#last.set(client.id, { tick, culprit, path: differences[0]?.path ?? "", at: now });
    const [oldest] = this.#last.keys();
    if (this.#last.size > MOST_NOTES) this.#last.delete(oldest!);
  }

  of(client: string): Note | undefined {
    return this.#last.get(client);
  }
}
