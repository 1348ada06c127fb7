/** The folder of recordings: what is in it, whose it is, how old and large it may grow, and what a crash has left in it. */
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Recording } from "../../shared/recording/recording.ts";
import { endingOf } from "../../shared/recording/recording-bytes.ts";
import { finishedName, PART, roomOf } from "./recording-name.ts";

/** A file that nobody has written to for so long is written by nobody: a room writes twice a minute at least, and no pause is as long. */
const LEFT_MS = 10 * 60_000;
const MS_PER_DAY = 86_400_000;
const BYTES_PER_MB = 1_000_000;

export interface FolderLimits {
  /** Older recordings are removed. */
  readonly days: number;
  /** The oldest are removed while all of them are larger. */
  readonly megabytes: number;
}

export interface RecordingRow {
  readonly name: string;
  readonly bytes: number;
  /** When it was written to its end: Unix milliseconds. */
  readonly at: number;
}

/** It remembers nothing: other processes write into it, too. */
export class RecordingFolder {
  readonly path: string;
  readonly #limits: FolderLimits;

  constructor(path: string, limits: FolderLimits) {
    this.path = path;
    this.#limits = limits;
  }

  /** The recordings of a room that is over, the oldest first. */
  of(room: string): Promise<readonly RecordingRow[]> {
    return this.#rows((name) => roomOf(name) === room);
  }

  /** A recording, by its name and room; undefined where there is none. No other file can be read by any name. */
  async read(room: string, name: string): Promise<Buffer | undefined> {
    if (roomOf(name) !== room) return undefined;
    return readFile(join(this.path, name)).catch(() => undefined);
  }

  /**
   * Looks into the folder, finishes what a crash has left, and removes what is too old or too much.
   *
   * @param now Unix milliseconds, as the times of files are. @throws what reading the folder throws.
   */
  async tidy(now: number): Promise<void> {
    const names = await readdir(this.path);
    for (const part of names.filter((name) => name.endsWith(PART))) await this.#finishLeft(part, now);
    const rows = await this.#rows((name) => roomOf(name) !== undefined);
    for (const { name } of rows.slice(0, this.#tooMany(rows, now))) await rm(join(this.path, name), { force: true });
  }

  /** The oldest first. */
  async #rows(isWanted: (name: string) => boolean): Promise<RecordingRow[]> {
    const rows: RecordingRow[] = [];
    for (const name of (await readdir(this.path).catch(() => [])).filter(isWanted)) {
      const file = await stat(join(this.path, name)).catch(() => undefined);
      if (file !== undefined) rows.push({ name, bytes: file.size, at: file.mtimeMs });
    }
    return rows.sort((a, b) => a.at - b.at);
  }

  /** How many of the oldest go. */
  #tooMany(rows: readonly RecordingRow[], now: number): number {
    const { days, megabytes } = this.#limits;
    let bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    let count = 0;
    for (const row of rows) {
      if (now - row.at <= days * MS_PER_DAY && bytes <= megabytes * BYTES_PER_MB) break;
      bytes -= row.bytes;
      count++;
    }
    return count;
  }

  /** Its process is gone, and whoever goes on with the match writes another file: this one gets its index and its name. */
  async #finishLeft(part: string, now: number): Promise<void> {
    const name = finishedName(part);
    const path = join(this.path, part);
    const found = name === undefined ? undefined : await stat(path).catch(() => undefined);
    if (name === undefined || found === undefined || now - found.mtimeMs < LEFT_MS) return;
    const bytes = await readFile(path);
    const recording = Recording.open(bytes);
    if (typeof recording === "string" || recording.blocks.length === 0) return rm(path, { force: true });
    const good = bytes.subarray(0, recording.goodBytes);
    // Several processes may find it at once: each makes the same file of it, and none writes into another's.
    const whole = join(this.path, `.${name}-${process.pid}`);
    await writeFile(whole, Buffer.concat([good, endingOf(recording.blocks, good.length)]), { mode: found.mode });
    await rename(whole, join(this.path, name));
    return rm(path, { force: true });
  }
}
