/** The bytes of a recording as they follow each other: magic and head, blocks, and an index when it has ended. */
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import { type Block, writeBlock } from "./block.ts";
import { type Chunk, type Deflate, writeChunk } from "./chunk.ts";
import { type RecordingHead, writeHead } from "./recording-head.ts";

/** What a file begins with: "PHX1". */
export const MAGIC = Uint8Array.of(0x50, 0x48, 0x58, 0x31);
/** What a file that has an index ends with: where it begins, and "1XHP". */
const END_MAGIC = Uint8Array.of(0x31, 0x58, 0x48, 0x50);
export const TAIL_BYTES = 8;

/** Where a block is. */
export type BlockPlace = Pick<Chunk, "at" | "tick" | "frames">;

/** What a file begins with. */
export function beginningOf(head: RecordingHead): Uint8Array {
  const out = new ByteWriter();
  out.raw(MAGIC);
  out.raw(writeChunk({ kind: "head", tick: 0, frames: 0, bytes: writeHead(head) }));
  return out.view();
}

/** Good until the next call. */
export const blockBytes = (block: Block, deflate?: Deflate): Uint8Array =>
  writeChunk({ kind: "block", tick: block.tick, frames: block.frames, bytes: writeBlock(block) }, deflate);

/** What a file ends with. @param at where in it that begins: how long the file is without. */
export function endingOf(blocks: readonly BlockPlace[], at: number): Uint8Array {
  const index = new ByteWriter();
  index.uvarint(blocks.length);
  for (const block of blocks) for (const value of [block.at, block.tick, block.frames]) index.uvarint(value);
  const last = blocks.at(-1);
  const end = last === undefined ? 0 : last.tick + last.frames;
  const out = new ByteWriter();
  out.raw(writeChunk({ kind: "index", tick: end, frames: 0, bytes: index.view() }));
  out.uint32(at);
  out.raw(END_MAGIC);
  return out.view();
}

/** Whether an index says what was found. */
export function isIndexOf(index: Uint8Array, blocks: readonly BlockPlace[]): boolean {
  const input = new ByteReader(index);
  let isRight = input.uvarint() === blocks.length;
  for (const block of blocks)
    for (const value of [block.at, block.tick, block.frames]) isRight = input.uvarint() === value && isRight;
  return isRight && !input.failed && input.remaining === 0;
}

/** Where the index of a file begins, by its last bytes; undefined when they do not say. */
export function indexAt(tail: Uint8Array): number | undefined {
  const input = new ByteReader(tail);
  const at = input.uint32();
  const isEnd = END_MAGIC.every((byte) => input.uint8() === byte);
  return isEnd && !input.failed && input.remaining === 0 ? at : undefined;
}
