/** The opening of the journal: the folder that the settings name, what is in it, and the secret that tickets are signed with. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { log } from "../base/log.ts";
import type { Readiness } from "../base/readiness.ts";
import { SettingError, type Settings } from "../config/settings.ts";
import { FileJournal } from "./file-journal.ts";
import { FolderLock, LockedError } from "./folder-lock.ts";
import type { Journal } from "./journal.ts";
import { LeftRooms } from "./left-rooms.ts";

export interface OpenedJournal {
  /** Undefined: nothing is written down. */
  readonly journal: Journal | undefined;
  readonly left: LeftRooms;
  /** Undefined: tickets are good while this process lives. */
  readonly secret: Uint8Array | undefined;
}

const SECRET_BYTES = 32;

/** Undefined: none. A port that the system chooses is another one each time; workers have none yet. */
function folderOf({ JOURNAL, PORT }: Settings, isWorker: boolean): string | undefined {
  if (JOURNAL === "none" || isWorker) return undefined;
  if (JOURNAL !== "") return JOURNAL;
  return PORT === 0 ? undefined : join("journal", String(PORT));
}

/** The next process must know it. */
function secretIn(folder: string): Uint8Array {
  const path = join(folder, "secret");
  try {
    const secret = readFileSync(path);
    if (secret.length === SECRET_BYTES) return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const secret = randomBytes(SECRET_BYTES);
  writeFileSync(path, secret, { mode: 0o600 });
  return secret;
}

/**
 * A folder that cannot be used costs no match: it is said, here and in `/healthz`, and nothing is written down.
 *
 * @throws SettingError when another process writes into the folder.
 */
export function openJournal(settings: Settings, readiness: Readiness, isWorker: boolean): OpenedJournal {
  const none = { journal: undefined, left: new LeftRooms(), secret: undefined };
  const folder = folderOf(settings, isWorker);
  if (folder === undefined) return none;
  const tell = (trouble: string | undefined): void => {
    readiness.journalTrouble = trouble;
    if (trouble === undefined) log.info({ folder }, "the journal is written again");
    else log.error({ folder, trouble }, "matches go on, but would not outlive this process");
  };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = new FolderLock(folder);
    const secret = secretIn(folder);
    const journal = new FileJournal(folder, {
      sync: settings.JOURNAL_SYNC,
      onTrouble: tell,
      onClose: () => lock.release(),
    });
    return { journal, left: new LeftRooms(journal.left), secret };
  } catch (error) {
    if (error instanceof LockedError) throw new SettingError(`JOURNAL: ${error.message}`);
    tell(`the journal's folder cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    return none;
  }
}
