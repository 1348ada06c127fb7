/**
 * The files of desync reports, where a person finds them: a recording each, up to the tick that differed, in a folder that
 * does not grow without end.
 */
import { readdir, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { recordingOf } from "../../shared/recording/of-report.ts";
import type { DesyncReport } from "../../shared/referee/desync/desync-report.ts";
import { log } from "../base/log.ts";
import { makeFolder } from "../base/make-folder.ts";

/** The oldest reports give way to new ones. */
const MOST_FILES = 200;

export class DesyncFiles {
  readonly #folder: string | undefined;
  #written = 0;
  #queue: Promise<void> = Promise.resolve();

  /** @param folder left out: reports are logged only. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** Logs a report, and files it in its turn. */
  write(room: string, report: DesyncReport): void {
    const { game, tick, culprit, client, differences } = report;
    this.#written++;
    const name = `${game}-${room}-${tick}-${this.#written}.phx`;
    const first = differences[0];
    log.warn({ room, game, tick, seat: client.seat, client: client.id, culprit, first, report: name }, "desync");
    if (this.#folder === undefined) return;
    const now = Date.now();
    this.#queue = this.#queue.then(() =>
      this.#file(this.#folder!, name, () => recordingOf(report, { room, now }, deflateRawSync)),
    );
  }

  /** Says at the start what would else be found out at the first desync. Matches go on, and reports are in the log. */
  async check(): Promise<void> {
    const folder = this.#folder;
    if (folder === undefined) return;
    let made: readonly string[] = [];
    try {
      made = makeFolder(folder);
      const probe = join(folder, `.probe-${process.pid}`);
      await writeFile(probe, "\n");
      await rm(probe);
    } catch (error) {
      const why = (error as Error).message;
      log.warn(
        { folder, why },
        "REPORTS cannot be written, so desync reports are in the log only; name another folder",
      );
    }
    for (const each of made) await rmdir(each).catch(() => {});
  }

  async #file(folder: string, name: string, make: () => Uint8Array): Promise<void> {
    // A program that watches the folder finds a report whole or not at all: it is hidden until then.
    const unfinished = join(folder, `.${name}`);
    try {
      makeFolder(folder);
      await writeFile(unfinished, make());
      await rename(unfinished, join(folder, name));
      await this.#tidy(folder);
    } catch (error) {
      log.error({ err: error, folder }, "a desync report could not be written");
      // On a full disk a part of it would only take the place of others.
      await rm(unfinished, { force: true }).catch(() => {});
    }
  }

  /** Of all of them, written by this process or by an earlier one that was killed, the newest are kept. */
  async #tidy(folder: string): Promise<void> {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".phx"));
    if (names.length <= MOST_FILES) return;
    const written = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
    );
    written.sort((a, b) => a.at - b.at);
    for (const { name } of written.slice(0, -MOST_FILES)) await rm(join(folder, name), { force: true });
  }
}
