/** The roster of a recording: who sat where, which is in no frame; and the marks, which say what happened besides. */
import type { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import type { Seat } from "../engine/game/game.ts";

/** Seats go up to 63; this one stands for none. */
const NO_SEAT = 255;
const MOST_SEATS = 64;
const BOT = 1;
const AWAY = 2;

export interface SeatRow {
  readonly seat: Seat;
  readonly kind: "player" | "bot";
  readonly name: string;
  /** Held for a player whose connection is gone. */
  readonly isAway: boolean;
}

/** Every held seat, ascending. */
export type Roster = readonly SeatRow[];

/** By the byte that stands for it. */
const MARKS = ["join", "drop", "return", "leave", "pause", "go-on", "desync", "heal", "chat", "note"] as const;

export type MarkKind = (typeof MARKS)[number];

export interface Mark {
  readonly kind: MarkKind;
  /** Whom it is about; undefined: nobody in particular. */
  readonly seat: Seat | undefined;
  /** A name, a line of the chat, a remark. */
  readonly text: string;
}

export function writeRoster(roster: Roster, out: ByteWriter): void {
  out.uvarint(roster.length);
  for (const { seat, kind, name, isAway } of roster) {
    out.uint8(seat);
    out.uint8((kind === "bot" ? BOT : 0) | (isAway ? AWAY : 0));
    out.string(name);
  }
}

/** Fails the reader when it is none. */
export function readRoster(input: ByteReader): Roster {
  const count = input.uvarint();
  const roster: SeatRow[] = [];
  for (let i = 0; i < count && !input.failed; i++) {
    const [seat, flags, name] = [input.uint8(), input.uint8(), input.string()];
    if (seat >= MOST_SEATS || seat <= (roster.at(-1)?.seat ?? -1) || flags > (BOT | AWAY)) input.fail();
    roster.push({ seat, kind: flags & BOT ? "bot" : "player", name, isAway: (flags & AWAY) !== 0 });
  }
  return roster;
}

export function writeMark({ kind, seat, text }: Mark, out: ByteWriter): void {
  out.uint8(MARKS.indexOf(kind));
  out.uint8(seat ?? NO_SEAT);
  out.string(text);
}

/** Fails the reader when it is none. */
export function readMark(input: ByteReader): Mark {
  const [kind, seat, text] = [MARKS[input.uint8()], input.uint8(), input.string()];
  if (kind === undefined || (seat >= MOST_SEATS && seat !== NO_SEAT)) input.fail();
  return { kind: kind ?? "note", seat: seat === NO_SEAT ? undefined : seat, text };
}
