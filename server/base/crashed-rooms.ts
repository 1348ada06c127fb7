/**
 * The rooms whose rules did not return, written down beside the journal: whoever goes on with it leaves them alone, however many
 * processes have ended meanwhile, and tells their players why.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { log } from "./log.ts";

/** Where it was when its process was ended. */
export interface Crashed {
  readonly game: string;
  readonly tick: number;
}

/** By the room's id. */
export type CrashedList = ReadonlyMap<string, Crashed>;

/** A line of the file; the thread beside a process that hangs writes such, too: `step-notes.mjs`. */
interface Line extends Crashed {
  readonly room: string;
}

/** Older ones have left the journal long ago. */
const MOST_KEPT = 1000;

/** What its players are told. */
export const crashedSentence = ({ game, tick }: Crashed): string =>
  `the rules of ${game} did not return from tick ${tick}; the room ended`;

/** The file in a journal's folder. */
export const crashedFileIn = (folder: string): string => join(folder, "crashed");

function readLines(path: string): readonly Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line) => {
    try {
      const { room, game, tick } = JSON.parse(line) as Partial<Line>;
      return typeof room === "string" && typeof game === "string" && typeof tick === "number"
        ? { room, game, tick }
        : [];
    } catch {
      // Between lines, or one that was not written to its end.
      return [];
    }
  });
}

const text = (lines: readonly Line[]): string => lines.map((line) => `\n${JSON.stringify(line)}\n`).join("");

export class CrashedRooms {
  readonly #rooms = new Map<string, Crashed>();
  readonly #path: string | undefined;

  /** @param folder of the journal; undefined: nobody goes on with anything. @throws what reading throws. */
  constructor(folder: string | undefined) {
    this.#path = folder === undefined ? undefined : crashedFileIn(folder);
    if (this.#path === undefined) return;
    const all = readLines(this.#path);
    const kept = all.slice(-MOST_KEPT);
    for (const { room, ...crashed } of kept) this.#rooms.set(room, crashed);
    if (kept.length < all.length) writeFileSync(this.#path, text(kept), { mode: 0o600 });
  }

  get list(): CrashedList {
    return this.#rooms;
  }

  /** Those of these rooms that have not. */
  without(rooms: readonly string[]): readonly string[] {
    return rooms.filter((room) => !this.#rooms.has(room));
  }

  /** What cannot be written down is known to this process alone, and said. */
  add(room: string, { game, tick }: Crashed): void {
    this.#rooms.set(room, { game, tick });
    if (this.#path === undefined) return;
    try {
      appendFileSync(this.#path, text([{ room, game, tick }]), { mode: 0o600 });
    } catch (err) {
      log.error({ room, err }, "a room that has crashed cannot be written down: another start would open it again");
    }
  }
}
