/** The journal of a server, made ready before its processes begin: those of the last one have ended, and all have one secret. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { log } from "../base/log.ts";
import { SettingError, type Settings } from "../config/settings.ts";
import { FolderLock, LockedError } from "./folder-lock.ts";
import { journalFolder, secretIn } from "./open-journal.ts";

/** Workers whose primary was killed end by themselves; whoever comes after it waits for them. */
const MOST_WAIT_MS = 5000;
const LOOK_MS = 50;

/**
 * Takes the journal for a server of several workers: its lock is the primary's.
 *
 * @returns whether rooms are written down. @throws SettingError when another server has the folder.
 */
export async function prepareJournal(settings: Settings): Promise<boolean> {
  const folder = journalFolder(settings);
  if (folder === undefined) return false;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    new FolderLock(folder);
    secretIn(folder);
  } catch (error) {
    if (error instanceof LockedError) throw new SettingError(`JOURNAL: ${error.message}`);
    log.error({ folder, err: error }, "the journal's folder cannot be used: matches end with their worker");
    return false;
  }
  await workersEnd(settings);
  return true;
}

/** Waits until no worker of a server before writes any more. @throws SettingError when one goes on. */
export async function workersEnd(settings: Settings): Promise<void> {
  const folder = journalFolder(settings);
  if (folder === undefined || !existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.startsWith("worker-")) await untilFree(join(folder, name));
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
