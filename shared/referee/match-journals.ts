/** The journals of a match, each with what it was told last: one to go on from, one to watch later. */
import { type JournalledMatch, type JournalSink, MatchJournal } from "./match-journal.ts";

export class MatchJournals {
  readonly #journals: readonly MatchJournal[];

  private constructor(journals: readonly MatchJournal[]) {
    this.#journals = journals;
  }

  /** Undefined where nothing is to be written down. What one cannot write costs the others nothing. */
  static of(sinks: readonly (JournalSink | undefined)[], match: JournalledMatch): MatchJournals | undefined {
    const journals = sinks.flatMap((sink) => (sink === undefined ? [] : new MatchJournal(sink, match)));
    return journals.length === 0 ? undefined : new MatchJournals(journals);
  }

  /** As `MatchJournal.note`. */
  note(now?: number): void {
    for (const journal of this.#journals) journal.note(now);
  }

  /** As `MatchJournal.frame`. */
  frame(tick: number, body: Uint8Array): void {
    for (const journal of this.#journals) journal.frame(tick, body);
  }
}
