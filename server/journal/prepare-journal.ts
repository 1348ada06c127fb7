/** The journal of a server, made ready before its processes begin: those of the last one have ended, and all have one secret. */
import { setTimeout as after } from "node:timers/promises";
import { log } from "../base/log.ts";
import { SettingError, type Settings } from "../config/settings.ts";
import { FolderLock, LockedError } from "./folder-lock.ts";
import { JournalFolder, journalPath, workerPaths } from "./journal-folder.ts";

/** Workers whose primary was killed end by themselves; whoever comes after it waits for them. */
const MOST_WAIT_MS = 5000;
const LOOK_MS = 50;

/**
 * Takes the journal for a server of several workers: its lock is the primary's.
 *
 * @returns whether rooms are written down. @throws SettingError when another server has the folder.
 */
export async function prepareJournal(settings: Settings): Promise<boolean> {
  const path = journalPath(settings);
  if (path === undefined) return false;
  try {
    new JournalFolder(path);
  } catch (error) {
    if (error instanceof LockedError) throw new SettingError(`JOURNAL: ${error.message}`);
    log.error({ path, err: error }, "the journal's folder cannot be used: matches end with their worker");
    return false;
  }
  await workersEnd(settings);
  return true;
}

/** Waits until no worker of a server before writes any more. @throws SettingError when one goes on. */
export async function workersEnd(settings: Settings): Promise<void> {
  const path = journalPath(settings);
  if (path === undefined) return;
  for (const each of workerPaths(path).values()) await untilFree(each);
}

async function untilFree(folder: string): Promise<void> {
  for (const until = performance.now() + MOST_WAIT_MS; ; await after(LOOK_MS)) {
    try {
      new FolderLock(folder).release();
      return;
    } catch (error) {
      // What else is wrong with it is said by whoever opens it.
      if (!(error instanceof LockedError)) return;
      if (performance.now() > until) throw new SettingError(`JOURNAL: ${error.message}`);
    }
  }
}
