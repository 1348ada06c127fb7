/** The opening of the journal: the folder that the settings name, what is in it, and the secret that tickets are signed with. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { log } from "../base/log.ts";
import type { Readiness } from "../base/readiness.ts";
import { SettingError, type Settings } from "../config/settings.ts";
import { FileJournal } from "./file-journal.ts";
import { FolderLock, LockedError } from "./folder-lock.ts";
import type { Journal } from "./journal.ts";
import { LeftFolder } from "./left-folder.ts";
import { LeftRooms } from "./left-rooms.ts";

export interface OpenedJournal {
  /** Undefined: nothing is written down. */
  readonly journal: Journal | undefined;
  readonly left: LeftRooms;
  /** Undefined: tickets are good while this process lives. */
  readonly secret: Uint8Array | undefined;
}

const SECRET_BYTES = 32;

/** The journal of the whole server; undefined: none. A port that the system chooses is another one each time. */
export function journalFolder({ JOURNAL, PORT }: Pick<Settings, "JOURNAL" | "PORT">): string | undefined {
  if (JOURNAL === "none") return undefined;
  if (JOURNAL !== "") return JOURNAL;
  return PORT === 0 ? undefined : join("journal", String(PORT));
}

/** Of its workers each has a folder of its own. */
const WORKERS_FOLDER = /^worker-(\d+)$/;
export const workersFolder = (folder: string, worker: number): string => join(folder, `worker-${worker}`);

/** What other processes may have left that are not there any more, because there are fewer of them now. */
function abandoned(folder: string, { WORKERS }: Settings, worker: number | undefined): string[] {
  if (worker !== undefined && worker > 1) return [];
  const ofWorkers = readdirSync(folder).filter((name) => {
    const number = Number(WORKERS_FOLDER.exec(name)?.[1] ?? 0);
    return number > 0 && (worker === undefined || number > WORKERS);
  });
  return [...(worker === undefined ? [] : [folder]), ...ofWorkers.map((name) => join(folder, name))];
}

/** The next process must know it; where there are workers, the primary makes it before they begin. */
export function secretIn(folder: string): Uint8Array {
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
 * @param worker its number, where several processes share the port. @throws SettingError when another process writes into the
 * folder.
 */
export function openJournal(settings: Settings, readiness: Readiness, worker?: number): OpenedJournal {
  const none = { journal: undefined, left: new LeftRooms(), secret: undefined };
  const whole = journalFolder(settings);
  if (whole === undefined) return none;
  const folder = worker === undefined ? whole : workersFolder(whole, worker);
  const tell = (trouble: string | undefined): void => {
    readiness.journalTrouble = trouble;
    if (trouble === undefined) log.info({ folder }, "the journal is written again");
    else log.error({ folder, trouble }, "matches go on, but would not outlive this process");
  };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = new FolderLock(folder);
    const secret = secretIn(whole);
    const others = abandoned(whole, settings, worker).map((each) => new LeftFolder(each, each !== whole));
    const journal = new FileJournal(folder, {
      sync: settings.JOURNAL_SYNC,
      onTrouble: tell,
      onClose: () => lock.release(),
    });
    const left = new LeftRooms(journal.left);
    for (const other of others) left.add(other.matches, () => other.forget());
    return { journal, left, secret };
  } catch (error) {
    if (error instanceof LockedError) throw new SettingError(`JOURNAL: ${error.message}`);
    tell(`the journal's folder cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    return none;
  }
}
