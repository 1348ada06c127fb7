/** A journal in memory whose writer may be killed in the middle of it: what is written then, another referee goes on from. */
import { JournalledMatch, type Resumable } from "../../../shared/referee/journalled-match.ts";
import type { EntryKind, JournalSink } from "../../../shared/referee/match-journal.ts";

/** When the process dies: as an entry is about to be written, or when it has been. */
export type Death = { readonly at: EntryKind; readonly when: "before" | "after" };

/** The process is no more: nothing after this happens in it. */
export class Killed extends Error {}

export class MortalJournal implements JournalSink {
  /** The next death. */
  death: Death | undefined;
  /** While this is set nobody is killed. */
  isSpared = false;
  /** Is called in the dead process, so that what it has not sent is not sent. */
  onDeath = (): void => {};
  readonly counts = { standing: 0, keyframe: 0, frame: 0 };
  /** Takes each entry as it is written: to read all of them at each death would be most of what a play costs. */
  readonly #written = new JournalledMatch();
  readonly #mostLost: number;
  /** The newest entries: more than a machine loses that stops. */
  readonly #newest: { readonly kind: EntryKind; readonly bytes: Uint8Array }[] = [];
  /** The first entry that could not be read. */
  #unread: EntryKind | undefined;

  /** @param mostLost so many of the last entries a machine that stops may lose. */
  constructor(mostLost = 0) {
    this.#mostLost = mostLost;
  }

  append(kind: EntryKind, bytes: Uint8Array): boolean {
    const death = this.isSpared || this.death?.at !== kind ? undefined : this.death;
    if (death?.when === "before") this.#die();
    this.counts[kind]++;
    this.#newest.push({ kind, bytes: bytes.slice() });
    if (this.#newest.length > this.#mostLost) this.#write(this.#newest.shift()!);
    if (death !== undefined) this.#die();
    return true;
  }

  /** What whoever goes on has to know. */
  read(): Resumable {
    for (const entry of this.#newest.splice(0)) this.#write(entry);
    if (this.#unread !== undefined) throw new Error(`a ${this.#unread} that cannot be read`);
    const { resumable } = this.#written;
    if (resumable === undefined) throw new Error("nothing to go on with");
    return resumable;
  }

  /** The machine stops, and with it goes what was not on its disk yet: the last entries. @returns how many of them were frames. */
  lose(entries: number): number {
    const lost = this.#newest.splice(Math.max(0, this.#newest.length - entries));
    return lost.filter(({ kind }) => kind === "frame").length;
  }

  #write({ kind, bytes }: { readonly kind: EntryKind; readonly bytes: Uint8Array }): void {
    if (!this.#written.take(kind, bytes)) this.#unread ??= kind;
  }

  #die(): never {
    this.death = undefined;
    this.onDeath();
    throw new Killed();
  }
}
