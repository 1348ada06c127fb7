/** The newest lines of a room: limited in number and in bytes, whatever is said. */
import { utf8Length } from "../engine/bytes/text.ts";
import type { Seat } from "../engine/game/game.ts";

export interface Line {
  /** Ascending from 1 on, without a gap. */
  readonly id: number;
  readonly from: string;
  /** The author beyond this visit: see `ChatMember.key`. */
  readonly key: string;
  readonly seat: Seat | undefined;
  readonly name: string;
  readonly text: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly tag: number | undefined;
  /** About what it takes on the wire. */
  readonly bytes: number;
}

const MOST_LINES = 200;
const MOST_BYTES = 64 * 1024;
/** Ids, keys of fields, time: what a line needs besides name and text. */
const LINE_BYTES = 72;

export class LineLog {
  readonly #lines: Line[] = [];
  #bytes = 0;
  #newest = 0;

  /** The id of the newest line; 0 before the first. */
  get newest(): number {
    return this.#newest;
  }

  add(line: Omit<Line, "id" | "bytes">): Line {
    this.#newest++;
    const bytes = LINE_BYTES + line.from.length + utf8Length(line.name) + utf8Length(line.text);
    const added = { ...line, id: this.#newest, bytes };
    this.#lines.push(added);
    this.#bytes += bytes;
    while (this.#lines.length > MOST_LINES || this.#bytes > MOST_BYTES) this.#bytes -= this.#lines.shift()!.bytes;
    return added;
  }

  /** Lines that were said in a room before it went on elsewhere, ascending. */
  load(lines: readonly Line[], newest: number): void {
    for (const line of lines) {
      this.#newest = line.id - 1;
      this.add(line);
    }
    this.#newest = newest;
  }

  /** The kept lines after an id, ascending. */
  after(id: number): readonly Line[] {
    const skipped = id - (this.#newest - this.#lines.length);
    return this.#lines.slice(Math.max(0, skipped));
  }
}
