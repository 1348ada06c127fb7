/** The recordings of a process: one for each of its rooms, in a folder that does not grow without end, or none. */

import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { Recorder } from "../../shared/recording/recorder.ts";
import type { RecordingHead } from "../../shared/recording/recording-head.ts";
import type { Mark } from "../../shared/recording/roster.ts";
import type { JournalSink } from "../../shared/referee/match-journal.ts";
import { log } from "../base/log.ts";
import { RecordingFile } from "./recording-file.ts";
import { type FolderLimits, RecordingFolder } from "./recording-folder.ts";
import { recordingName } from "./recording-name.ts";

/** How often the folder is looked through. */
const TIDY_MS = 10 * 60_000;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** That of one room. */
export interface RoomRecording {
  /** What its match is told. */
  readonly sink: JournalSink;
  /** Something happened that is in no frame. */
  mark(mark: Mark): void;
  /** The step of the last frame took so many milliseconds. */
  stepped(ms: number): void;
  /** The room is over. */
  end(): void;
}

export interface RecordingOptions extends FolderLimits {
  /** Left out: no. */
  readonly hasChat?: boolean;
}

export class Recordings {
  /** Undefined where nothing is recorded. */
  readonly folder: RecordingFolder | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isTroubleTold = false;

  /** Whether what is said in the chat is recorded, too. */
  readonly hasChat: boolean;

  /** @param path of the folder; "none": nothing is recorded. */
  constructor(path: string, { hasChat = false, ...limits }: RecordingOptions) {
    this.hasChat = hasChat;
    this.folder = path === "none" ? undefined : new RecordingFolder(path, limits);
  }

  /** Begins to record a room; undefined where nothing is recorded. */
  open(head: RecordingHead & { readonly room: string }): RoomRecording | undefined {
    const { folder } = this;
    if (folder === undefined) return undefined;
    this.#timer ??= setInterval(() => void this.tidy(), TIDY_MS).unref();
    const file = new RecordingFile(folder.path, recordingName(head.game, head.room, head.began));
    const recorder = new Recorder(head, (bytes) => this.#write(file, bytes), deflateRawSync);
    let isOver = false;
    return {
      sink: recorder,
      mark: (mark) => recorder.mark(mark),
      stepped: (ms) => recorder.stepped(ms),
      end: () => {
        if (isOver) return;
        isOver = true;
        recorder.end();
        this.#finish(file);
      },
    };
  }

  /** Says at the start what would else be found out when the first match has been played for a while. */
  async check(): Promise<void> {
    const { folder } = this;
    if (folder === undefined) return;
    await this.tidy();
    let place = resolve(folder.path);
    while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
    await access(place, constants.W_OK).catch((error: Error) => {
      const why = error.message;
      log.warn(
        { folder: folder.path, why },
        "REPLAYS cannot be written, so matches are not recorded; name another folder, or none",
      );
    });
  }

  /** Finishes and removes what is due; a folder that cannot be read is as good as empty. */
  async tidy(): Promise<void> {
    await this.folder?.tidy(Date.now()).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") log.warn({ why: error.message }, "the folder of REPLAYS cannot be looked through");
    });
  }

  #finish(file: RecordingFile): void {
    try {
      file.finish();
    } catch (error) {
      // Nothing was written to it for so long that it was finished as one that was left.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") this.#tell(error);
    }
  }

  /** The match goes on, whatever the disk says; its recording ends with what is there. */
  #write(file: RecordingFile, bytes: Uint8Array): boolean {
    try {
      file.append(bytes);
      this.#isTroubleTold = false;
      return true;
    } catch (error) {
      this.#tell(error);
    }
    try {
      file.cutBack();
    } catch {
      // The same disk: what is there is read up to its torn end.
    }
    return false;
  }

  /** Once, until something could be written again: a full disk ends the recordings of all rooms. */
  #tell(error: unknown): void {
    if (this.#isTroubleTold) return;
    this.#isTroubleTold = true;
    const why = reasonOf(error);
    log.warn({ why }, "REPLAYS cannot be written: matches go on, and their recordings end with what is there");
  }
}
