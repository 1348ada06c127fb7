/** The journal of a process: what its rooms write down, so that another process can go on with their matches. */

import type { Resumable } from "../../shared/referee/journalled-match.ts";
import type { JournalSink } from "../../shared/referee/match-journal.ts";

/** Raised whenever what is written cannot be read as before: a standing or a note has other fields. */
export const JOURNAL_VERSION = 1;

/** What is known of a room before its match begins, and never changes. */
export interface RoomHead {
  /** `JOURNAL_VERSION` of the process that wrote it. */
  readonly version: number;
  readonly roomId: string;
  readonly game: string;
  /** The logic hash of the game: a match goes on only under the same rules. */
  readonly logic: string | undefined;
  /** How much of the past whoever goes on needs, beside what the match does: for spectators who see it late. */
  readonly historySeconds: number;
  /** How the room was opened: the room's own. */
  readonly options: unknown;
}

/** The journal of one room. */
export interface RoomJournal extends JournalSink {
  /** Writes down something that the room knows besides its match: anything that JSON can say. False when it was not written. */
  note(note: object): boolean;
  /** The room is over, and nobody goes on with it. */
  end(): void;
}

export interface Journal {
  /**
   * Begins to write a room down.
   *
   * @param whole all that it has noted so far, in one note: asked for wherever the journal begins anew.
   */
  open(head: RoomHead, whole: () => object): RoomJournal;
  /** Why nothing can be written at the moment, in words; undefined while all is well. */
  readonly trouble: string | undefined;
  /** What has been written is brought to the disk, and nothing is written any more. Rooms that are open stay so for whoever goes on. */
  close(): void;
}

/** A match that its process left behind. */
export interface LeftMatch {
  readonly head: RoomHead;
  readonly resumable: Resumable;
  /** What its room noted, in order. */
  readonly notes: readonly unknown[];
}
