/** The continuity of matches: what a process writes down of them, takes over from another one, and leaves to the next (R17). */
import { type CrashedList, CrashedRooms } from "../base/crashed-rooms.ts";
import { log } from "../base/log.ts";
import type { Readiness } from "../base/readiness.ts";
import { SettingError, type Settings } from "../config/settings.ts";
import { FileJournal } from "../journal/file-journal.ts";
import { LockedError } from "../journal/folder-lock.ts";
import {
  JournalFolder,
  journalPath,
  lockWorkerPath,
  secretIn,
  workerPath,
  workerPaths,
} from "../journal/journal-folder.ts";
import { LeftFolder } from "../journal/left-folder.ts";
import { reopenRooms } from "../rooms/reopen-rooms.ts";
import type { RoomServices } from "../rooms/room-services.ts";

export class Continuity {
  readonly #settings: Settings;
  readonly #services: RoomServices;
  readonly #readiness: Readiness;
  #crashed: CrashedList = new Map();

  constructor(settings: Settings, services: RoomServices, readiness: Readiness) {
    this.#settings = settings;
    this.#services = services;
    this.#readiness = readiness;
  }

  /**
   * Goes on with what the last server left in the folder of the settings, and writes there from now on: to be called when its
   * rooms are known, and before it listens. A folder that cannot be used costs no match: it is said, and nothing is written.
   *
   * @param worker its number, where several share a port: their primary has the folder, and each of them one in it.
   * @param crashed rooms that have ended a worker: they would end this one, too. Left out: those that are written down.
   * @throws SettingError when another server has the folder.
   */
  async begin(worker?: number, crashed?: CrashedList): Promise<void> {
    const path = journalPath(this.#settings);
    if (path === undefined) return;
    try {
      this.#crashed = crashed ?? new CrashedRooms(path).list;
      if (worker === undefined) await this.#beginAlone(path);
      else await this.#beginAsWorker(path, worker);
    } catch (error) {
      if (error instanceof LockedError) throw new SettingError(`JOURNAL: ${error.message}`);
      this.#tell(`the journal's folder cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #beginAlone(path: string): Promise<void> {
    const folder = new JournalFolder(path);
    this.#services.tickets.secret = folder.secret;
    await this.#write(path, () => folder.release());
    for (const left of workerPaths(path).values()) await this.#goOnWith(new LeftFolder(left));
  }

  async #beginAsWorker(path: string, worker: number): Promise<void> {
    this.#services.tickets.secret = secretIn(path);
    const own = workerPath(path, worker);
    const lock = lockWorkerPath(own);
    await this.#write(own, () => lock.release());
    if (worker > 1) return;
    // What a server of one process left, or one of more workers.
    await this.#goOnWith(new LeftFolder(path));
    for (const [number, left] of workerPaths(path))
      if (number > this.#settings.WORKERS) await this.#goOnWith(new LeftFolder(left));
  }

  async #write(path: string, onClose: () => void): Promise<void> {
    const left = new LeftFolder(path);
    this.#services.journals.current = new FileJournal(path, {
      sync: this.#settings.JOURNAL_SYNC,
      onTrouble: (trouble) => this.#tell(trouble),
      onClose,
    });
    await this.#goOnWith(left);
  }

  /**
   * Goes on with what another worker left behind when it ended.
   *
   * @param crashed as for `begin`.
   * @returns how many rooms there were; undefined where this process cannot write them down.
   * @throws LockedError while that worker lives.
   */
  async takeOver(worker: number, crashed: CrashedList): Promise<number | undefined> {
    const { current } = this.#services.journals;
    const path = journalPath(this.#settings);
    if (path === undefined || current === undefined || current.trouble !== undefined) return undefined;
    this.#crashed = crashed;
    const lock = lockWorkerPath(workerPath(path, worker));
    try {
      const left = new LeftFolder(workerPath(path, worker));
      await this.#goOnWith(left);
      return left.matches.length;
    } finally {
      lock.release();
    }
  }

  /** Leaves all matches to the next process. @returns false where nothing of them is written down: they are to end here. */
  leave(): boolean {
    const { registry, journals } = this.#services;
    const { current } = journals;
    if (current === undefined || current.trouble !== undefined) return false;
    for (const room of registry.rooms) room.suspend();
    current.close();
    return true;
  }

  async #goOnWith(left: LeftFolder): Promise<void> {
    await reopenRooms(left.matches, this.#services, this.#crashed);
    // Whatever goes on is written down anew by now; where it could not be, the next process finds it here.
    if (this.#services.journals.current?.trouble === undefined) left.remove();
  }

  #tell(trouble: string | undefined): void {
    this.#readiness.journalTrouble = trouble;
    const { JOURNAL } = this.#settings;
    if (trouble === undefined) log.info({ JOURNAL }, "the journal is written again");
    else log.error({ JOURNAL, trouble }, "matches go on, but would not outlive this process");
  }
}
