/** A block of a recording: a keyframe, the frames since as they went over the wire, who sat where, and marks. It can be played alone. */
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import { type Mark, type Roster, readMark, readRoster, writeMark, writeRoster } from "./roster.ts";

/** Something that was so from a tick on, or happened in it. */
export interface At<T> {
  readonly tick: number;
  readonly what: T;
}

export interface Block {
  /** That of the keyframe, and of the first frame. */
  readonly tick: number;
  /** How many frames are in it. */
  readonly frames: number;
  readonly keyframe: Uint8Array;
  /** The bodies of the frames, one after the other. Every few of them carry a digest of the worlds before. */
  readonly bodies: Uint8Array;
  /** Ascending by tick; the first is that of the keyframe's. */
  readonly rosters: readonly At<Roster>[];
  /** Ascending by tick. */
  readonly marks: readonly At<Mark>[];
}

function writeList<T>(
  tick: number,
  list: readonly At<T>[],
  write: (what: T, out: ByteWriter) => void,
  out: ByteWriter,
): void {
  out.uvarint(list.length);
  for (const each of list) {
    out.uvarint(each.tick - tick);
    write(each.what, out);
  }
}

function readList<T>(
  { tick, frames }: Pick<Block, "tick" | "frames">,
  read: (input: ByteReader) => T,
  input: ByteReader,
): At<T>[] {
  const count = input.uvarint();
  const list: At<T>[] = [];
  let last = 0;
  for (let i = 0; i < count && !input.failed; i++) {
    const after = input.uvarint();
    if (after < last || after > frames) input.fail();
    last = after;
    list.push({ tick: tick + after, what: read(input) });
  }
  return list;
}

function writeBytes(bytes: Uint8Array, out: ByteWriter): void {
  out.uvarint(bytes.length);
  out.raw(bytes);
}

const out = new ByteWriter();

/** Good until the next call. */
export function writeBlock({ tick, keyframe, bodies, rosters, marks }: Omit<Block, "frames">): Uint8Array {
  writeBytes(keyframe, out.reset());
  writeBytes(bodies, out);
  writeList(tick, rosters, writeRoster, out);
  writeList(tick, marks, writeMark, out);
  return out.view();
}

/** Undefined when the bytes are no such block. */
export function readBlock(of: Pick<Block, "tick" | "frames">, bytes: Uint8Array): Block | undefined {
  const input = new ByteReader(bytes);
  const keyframe = input.raw(input.uvarint());
  const bodies = input.raw(input.uvarint());
  const rosters = readList(of, readRoster, input);
  const marks = readList(of, readMark, input);
  if (input.failed || input.remaining > 0 || of.frames > bodies.length || rosters[0]?.tick !== of.tick)
    return undefined;
  return { tick: of.tick, frames: of.frames, keyframe, bodies, rosters, marks };
}
