/** A room in journal files: begins in one, and moves to the next with all that whoever goes on needs. */
import type { EntryKind } from "../../shared/referee/match-journal.ts";
import type { RoomHead, RoomJournal } from "./journal.ts";
import type { JournalFile } from "./journal-file.ts";
import type { JournalRecord } from "./record.ts";

/** A room's own part of a file. */
export interface Place {
  readonly file: JournalFile;
  readonly room: number;
}

/** The files of a journal, as its rooms use them. */
export interface RoomFiles {
  /** Whether a room that writes there, or nowhere, is to move with its next keyframe. */
  isToMove(file: JournalFile | undefined): boolean;
  /** A place in the present file, which may be a new one; undefined while there can be none. */
  enter(): Place | undefined;
  /** A room is somewhere else now, or over. */
  leave(file: JournalFile): void;
  /** False when it was not written. */
  write(file: JournalFile, record: JournalRecord): boolean;
}

const NOTHING = new Uint8Array();

interface FileRoomOptions {
  readonly head: RoomHead;
  readonly whole: () => object;
  readonly files: RoomFiles;
}

const json = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

export class FileRoom implements RoomJournal {
  readonly #head: Uint8Array;
  readonly #whole: () => object;
  readonly #files: RoomFiles;
  #place: Place | undefined;
  /** Where it was, until its next keyframe is written. */
  #before: JournalFile[] = [];

  constructor({ head, whole, files }: FileRoomOptions) {
    this.#head = json(head);
    this.#whole = whole;
    this.#files = files;
  }

  get wantsBeginning(): boolean {
    return this.#files.isToMove(this.#place?.file);
  }

  append(kind: EntryKind, bytes: Uint8Array): boolean {
    if (kind === "standing" && this.wantsBeginning && !this.#move()) return false;
    const isWritten = this.#place !== undefined && this.#files.write(this.#place.file, { ...this.#place, kind, bytes });
    if (isWritten && kind === "keyframe") this.#leaveBefore();
    return isWritten;
  }

  note(note: object): boolean {
    return (
      this.#place !== undefined &&
      this.#files.write(this.#place.file, { ...this.#place, kind: "note", bytes: json(note) })
    );
  }

  end(): void {
    if (this.#place === undefined) return;
    this.#files.write(this.#place.file, { ...this.#place, kind: "end", bytes: NOTHING });
    this.#leaveBefore();
    this.#files.leave(this.#place.file);
    this.#place = undefined;
  }

  #move(): boolean {
    const place = this.#files.enter();
    if (place === undefined) return false;
    const isThere =
      this.#files.write(place.file, { ...place, kind: "open", bytes: this.#head }) &&
      this.#files.write(place.file, { ...place, kind: "note", bytes: json(this.#whole()) });
    if (!isThere) {
      this.#files.leave(place.file);
      return false;
    }
    if (this.#place !== undefined) this.#before.push(this.#place.file);
    this.#place = place;
    return true;
  }

  #leaveBefore(): void {
    for (const file of this.#before.splice(0)) this.#files.leave(file);
  }
}
