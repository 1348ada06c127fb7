/** A folder that a process has left behind: its matches go on in the journal of another, and then it is empty. */
import { FileJournal } from "./file-journal.ts";
import { FolderLock } from "./folder-lock.ts";
import type { LeftMatch } from "./journal.ts";

export class LeftFolder {
  readonly matches: readonly LeftMatch[];
  readonly #journal: FileJournal;

  /** @param isLocked whether it has to be locked here. @throws LockedError when a living process writes there. */
  constructor(folder: string, isLocked: boolean) {
    const lock = isLocked ? new FolderLock(folder) : undefined;
    this.#journal = new FileJournal(folder, { sync: "os", onClose: () => lock?.release() });
    this.matches = this.#journal.left;
  }

  /** Whoever goes on has written all of it down anew. */
  forget(): void {
    this.#journal.forgetLeft();
    this.#journal.close();
  }
}
