/** The continuity of matches: what a process writes down of them, takes over from another one, and leaves to the next (R17). */
import { log } from "../base/log.ts";
import type { Readiness } from "../base/readiness.ts";
import { SettingError, type Settings } from "../config/settings.ts";
import { FileJournal } from "../journal/file-journal.ts";
import { LockedError } from "../journal/folder-lock.ts";
import { JournalFolder, journalPath } from "../journal/journal-folder.ts";
import { LeftFolder } from "../journal/left-folder.ts";
import { reopenRooms } from "../rooms/reopen-rooms.ts";
import type { RoomServices } from "../rooms/room-services.ts";

export class Continuity {
  readonly #settings: Settings;
  readonly #services: RoomServices;
  readonly #readiness: Readiness;

  constructor(settings: Settings, services: RoomServices, readiness: Readiness) {
    this.#settings = settings;
    this.#services = services;
    this.#readiness = readiness;
  }

  /**
   * Goes on with what the last server left in the folder of the settings, and writes there from now on: to be called when its
   * rooms are known, and before it listens. A folder that cannot be used costs no match: it is said, and nothing is written.
   *
   * @throws SettingError when another server has the folder.
   */
  async begin(): Promise<void> {
    const path = journalPath(this.#settings);
    if (path === undefined) return;
    await this.#try(async () => {
      const folder = new JournalFolder(path);
      this.#services.tickets.secret = folder.secret;
      await this.write(path, () => folder.release());
    });
  }

  /** The same, where others see to it that the folder is this process's own. */
  async write(path: string, onClose = (): void => {}): Promise<void> {
    const left = new LeftFolder(path);
    this.#services.journals.current = new FileJournal(path, {
      sync: this.#settings.JOURNAL_SYNC,
      onTrouble: (trouble) => this.#tell(trouble),
      onClose,
    });
    await this.#goOnWith(left);
  }

  /**
   * Goes on with what another process of this server left behind when it ended.
   *
   * @param except rooms that are not opened again, because they ended it.
   */
  async takeOver(path: string, except: readonly string[] = []): Promise<void> {
    await this.#try(() => this.#goOnWith(new LeftFolder(path), except));
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

  async #goOnWith(left: LeftFolder, except: readonly string[] = []): Promise<void> {
    await reopenRooms(left.matches, this.#services, except);
    // Whatever goes on is written down anew by now; where it could not be, the next process finds it here.
    if (this.#services.journals.current?.trouble === undefined) left.remove();
  }

  async #try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof LockedError) throw new SettingError(`JOURNAL: ${error.message}`);
      this.#tell(`the journal's folder cannot be used: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #tell(trouble: string | undefined): void {
    this.#readiness.journalTrouble = trouble;
    const { JOURNAL } = this.#settings;
    if (trouble === undefined) log.info({ JOURNAL }, "the journal is written again");
    else log.error({ JOURNAL, trouble }, "matches go on, but would not outlive this process");
  }
}
