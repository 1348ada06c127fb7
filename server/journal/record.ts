/** Records of a journal file: each with its length and a hash of its bytes, so that a torn end is found, and all before it is good. */
import { ByteReader, ByteWriter } from "../../shared/engine/bytes/bytes.ts";
import { hashBytes } from "../../shared/engine/bytes/hash.ts";
import type { EntryKind } from "../../shared/referee/match-journal.ts";

export type RecordKind = "open" | EntryKind | "note" | "end";

/** By the byte that stands for it. */
const KINDS: readonly RecordKind[] = ["open", "standing", "keyframe", "frame", "note", "end"];
/** Hash and length. */
const HEAD_BYTES = 8;

export interface JournalRecord {
  /** Counts the rooms of one file. */
  readonly room: number;
  readonly kind: RecordKind;
  readonly bytes: Uint8Array;
}

const out = new ByteWriter();
const body = new ByteWriter();

/** Good until the next call. */
export function writeRecord({ room, kind, bytes }: JournalRecord): Uint8Array {
  body.reset().uvarint(room);
  body.uint8(KINDS.indexOf(kind));
  body.raw(bytes);
  out.reset().uint32(hashBytes(body.view()));
  out.uint32(body.length);
  out.raw(body.view());
  return out.view();
}

/** All records up to the end, or to the first that is torn. `goodBytes` is how far they reach. */
export function readRecords(file: Uint8Array): {
  readonly records: readonly JournalRecord[];
  readonly goodBytes: number;
} {
  const records: JournalRecord[] = [];
  let at = 0;
  while (file.length - at >= HEAD_BYTES) {
    const head = new ByteReader(file.subarray(at, at + HEAD_BYTES));
    const [hash, length] = [head.uint32(), head.uint32()];
    const end = at + HEAD_BYTES + length;
    if (end > file.length || hashBytes(file.subarray(at + HEAD_BYTES, end)) !== hash) break;
    const input = new ByteReader(file.subarray(at + HEAD_BYTES, end));
    const room = input.uvarint();
    const kind = KINDS[input.uint8()];
    if (input.failed || kind === undefined) break;
    records.push({ room, kind, bytes: input.raw(input.remaining) });
    at = end;
  }
  return { records, goodBytes: at };
}
