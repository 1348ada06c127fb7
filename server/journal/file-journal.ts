/**
 * A journal in files of one folder: all rooms of the process in one file, then in the next. A room moves to it with its next
 * keyframe; a file that no room is in is removed.
 */
import { makeFolder } from "../base/make-folder.ts";
import { FileRoom, type Place, type RoomFiles } from "./file-room.ts";
import { OWN_MODE } from "./folder-lock.ts";
import type { Journal, RoomHead, RoomJournal } from "./journal.ts";
import { JournalFile, type JournalSync } from "./journal-file.ts";
import { nextFileIn } from "./left-folder.ts";
import { type JournalRecord, writeRecord } from "./record.ts";

/** A file that is larger is followed by the next. */
const FILE_BYTES = 16 * 1024 * 1024;
/** A disk on which nothing could be written is tried again after so long. */
const RETRY_MS = 1000;
/** How often what was written is brought to the disk in `group`. */
const GROUP_MS = 50;

export interface FileJournalOptions {
  readonly sync: JournalSync;
  /** Left out: 16 MiB. */
  readonly fileBytes?: number;
  /** Is told once when writing begins to fail, and when it is possible again. */
  readonly onTrouble?: (trouble: string | undefined) => void;
  readonly onClose?: () => void;
}

export class FileJournal implements Journal, RoomFiles {
  trouble: string | undefined;
  readonly #folder: string;
  readonly #options: FileJournalOptions;
  /** How many rooms are in each. */
  readonly #rooms = new Map<JournalFile, number>();
  #current: JournalFile | undefined;
  #opened = 0;
  #isClosed = false;
  #retryAt = Number.NEGATIVE_INFINITY;
  readonly #fileBytes: number;
  readonly #timer: NodeJS.Timeout | undefined;

  /** @throws what making the folder throws. */
  constructor(folder: string, options: FileJournalOptions) {
    makeFolder(folder, OWN_MODE);
    this.#folder = folder;
    this.#options = options;
    this.#fileBytes = options.fileBytes ?? FILE_BYTES;
    if (options.sync === "group") this.#timer = setInterval(() => this.#flush(), GROUP_MS).unref();
  }

  open(head: RoomHead, whole: () => object): RoomJournal {
    return new FileRoom({ head, whole, files: this });
  }

  close(): void {
    clearInterval(this.#timer);
    for (const file of this.#rooms.keys()) file.close();
    this.#rooms.clear();
    this.#current = undefined;
    this.#isClosed = true;
    this.#options.onClose?.();
  }

  isToMove(file: JournalFile | undefined): boolean {
    const isCurrent = file !== undefined && file === this.#current && file.size <= this.#fileBytes;
    return !isCurrent && performance.now() >= this.#retryAt;
  }

  enter(): Place | undefined {
    if (this.#isClosed || performance.now() < this.#retryAt) return undefined;
    if (this.#current === undefined || this.#current.size > this.#fileBytes) {
      const before = this.#current;
      try {
        this.#current = new JournalFile(nextFileIn(this.#folder), this.#options.sync);
        this.#rooms.set(this.#current, 0);
        // Nobody is in it who would leave it.
        if (before !== undefined && this.#rooms.get(before) === 0) this.#drop(before);
      } catch (error) {
        this.#fail(undefined, error);
        return undefined;
      }
    }
    const file = this.#current;
    this.#rooms.set(file, this.#rooms.get(file)! + 1);
    return { file, room: this.#opened++ };
  }

  leave(file: JournalFile): void {
    const rooms = this.#rooms.get(file);
    if (rooms === undefined) return;
    this.#rooms.set(file, rooms - 1);
    if (rooms === 1 && file !== this.#current) this.#drop(file);
  }

  #drop(file: JournalFile): void {
    this.#rooms.delete(file);
    file.remove();
  }

  write(file: JournalFile, record: JournalRecord): boolean {
    if (this.#isClosed || file.isTorn) return false;
    try {
      file.append(writeRecord(record));
    } catch (error) {
      this.#fail(file, error);
      return false;
    }
    if (this.trouble !== undefined) this.#tell(undefined);
    return true;
  }

  /** Nothing may follow what was written of a record: rooms move to another file with a keyframe, as soon as there can be one. */
  #fail(file: JournalFile | undefined, error: unknown): void {
    if (file !== undefined) file.isTorn = true;
    this.#current = undefined;
    this.#retryAt = performance.now() + RETRY_MS;
    const words = `the journal cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    if (this.trouble === undefined) this.#tell(words);
  }

  #tell(trouble: string | undefined): void {
    this.trouble = trouble;
    this.#options.onTrouble?.(trouble);
  }

  #flush(): void {
    for (const file of this.#rooms.keys()) {
      try {
        file.flush();
      } catch (error) {
        this.#fail(file, error);
      }
    }
  }
}
