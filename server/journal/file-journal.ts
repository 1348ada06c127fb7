/**
 * A journal in files of one folder: all rooms of the process in one file, then in the next. A room moves to it with its next
 * keyframe; a file that no room is in is removed.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { EntryKind } from "../../shared/referee/match-journal.ts";
import type { Journal, LeftMatch, RoomHead, RoomJournal } from "./journal.ts";
import { JournalFile, type JournalSync } from "./journal-file.ts";
import { leftMatches } from "./left-matches.ts";
import { type JournalRecord, writeRecord } from "./record.ts";

/** A file that is larger is followed by the next. */
const FILE_BYTES = 16 * 1024 * 1024;
/** How often what was written is brought to the disk in `group`. */
const GROUP_MS = 50;
const NOTHING = new Uint8Array();
const NAME = /^(\d{8})\.journal$/;

export interface FileJournalOptions {
  readonly sync: JournalSync;
  /** Left out: 16 MiB. */
  readonly fileBytes?: number;
  /** Is told once when writing begins to fail, and when it is possible again. */
  readonly onTrouble?: (trouble: string | undefined) => void;
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort();

export class FileJournal implements Journal {
  /** Matches that the last process left behind, by what was in the folder when this one began. */
  readonly left: readonly LeftMatch[];
  trouble: string | undefined;
  readonly #folder: string;
  readonly #options: FileJournalOptions;
  /** Files of the last process: removed once whoever goes on has them in this one's. */
  readonly #old: readonly string[];
  /** How many rooms are in each. */
  readonly #rooms = new Map<JournalFile, number>();
  #number: number;
  #current: JournalFile | undefined;
  #opened = 0;
  #isClosed = false;
  readonly #fileBytes: number;
  readonly #timer: NodeJS.Timeout | undefined;

  /** @throws what reading the folder throws, or making it. */
  constructor(folder: string, options: FileJournalOptions) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#options = options;
    const names = namesIn(folder);
    this.#old = names.map((name) => join(folder, name));
    this.#number = Number(NAME.exec(names.at(-1) ?? "")?.[1] ?? 0);
    this.left = leftMatches(this.#old.map((path) => readFileSync(path)));
    this.#fileBytes = options.fileBytes ?? FILE_BYTES;
    if (options.sync === "group") this.#timer = setInterval(() => this.#flush(), GROUP_MS).unref();
  }

  /** Whoever goes on with what was left has written it down anew. */
  forgetLeft(): void {
    for (const path of this.#old) rmSync(path, { force: true });
  }

  open(head: RoomHead): RoomJournal {
    return new FileRoom(head, this);
  }

  close(): void {
    clearInterval(this.#timer);
    for (const file of this.#rooms.keys()) file.close();
    this.#rooms.clear();
    this.#current = undefined;
    this.#isClosed = true;
  }

  /** Whether rooms write there now; else they are to move with their next keyframe. */
  isCurrent(file: JournalFile): boolean {
    return file === this.#current && file.size <= this.#fileBytes;
  }

  /** A place in the present file, which may be a new one. */
  enter(): { readonly file: JournalFile; readonly room: number } | undefined {
    if (this.#isClosed) return undefined;
    if (this.#current === undefined || this.#current.size > this.#fileBytes) {
      try {
        const name = `${String(++this.#number).padStart(8, "0")}.journal`;
        this.#current = new JournalFile(join(this.#folder, name), this.#options.sync);
        this.#rooms.set(this.#current, 0);
      } catch (error) {
        this.#fail(error);
        return undefined;
      }
    }
    const file = this.#current;
    this.#rooms.set(file, this.#rooms.get(file)! + 1);
    return { file, room: this.#opened++ };
  }

  /** A room is somewhere else now, or over. */
  leave(file: JournalFile): void {
    const rooms = this.#rooms.get(file);
    if (rooms === undefined) return;
    this.#rooms.set(file, rooms - 1);
    if (rooms > 1 || file === this.#current) return;
    this.#rooms.delete(file);
    file.remove();
  }

  /** False when it was not written. */
  write(file: JournalFile, record: JournalRecord): boolean {
    if (this.#isClosed) return false;
    try {
      file.append(writeRecord(record));
    } catch (error) {
      // What was written of it is a torn end, so nothing may follow it there.
      if (file === this.#current) this.#current = undefined;
      this.#fail(error);
      return false;
    }
    if (this.trouble !== undefined) this.#tell(undefined);
    return true;
  }

  #fail(error: unknown): void {
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
        this.#fail(error);
      }
    }
  }
}

class FileRoom implements RoomJournal {
  readonly #head: RoomHead;
  readonly #journal: FileJournal;
  #place: { readonly file: JournalFile; readonly room: number } | undefined;
  /** Where it was, until its next keyframe is written. */
  #before: JournalFile[] = [];

  constructor(head: RoomHead, journal: FileJournal) {
    this.#head = head;
    this.#journal = journal;
  }

  get wantsBeginning(): boolean {
    return this.#place === undefined || !this.#journal.isCurrent(this.#place.file);
  }

  append(kind: EntryKind, bytes: Uint8Array): boolean {
    if (kind === "standing" && this.wantsBeginning && !this.#move()) return false;
    const isWritten =
      this.#place !== undefined && this.#journal.write(this.#place.file, { ...this.#place, kind, bytes });
    if (isWritten && kind === "keyframe") this.#leaveBefore();
    return isWritten;
  }

  end(): void {
    if (this.#place === undefined) return;
    this.#journal.write(this.#place.file, { ...this.#place, kind: "end", bytes: NOTHING });
    this.#leaveBefore();
    this.#journal.leave(this.#place.file);
    this.#place = undefined;
  }

  #move(): boolean {
    const place = this.#journal.enter();
    if (place === undefined) return false;
    const bytes = new TextEncoder().encode(JSON.stringify(this.#head));
    if (!this.#journal.write(place.file, { ...place, kind: "open", bytes })) {
      this.#journal.leave(place.file);
      return false;
    }
    if (this.#place !== undefined) this.#before.push(this.#place.file);
    this.#place = place;
    return true;
  }

  #leaveBefore(): void {
    for (const file of this.#before.splice(0)) this.#journal.leave(file);
  }
}
