/** The recording of a match, read from a file: its head, its blocks one at a time, and up to where the file is good. */
import { type Block, readBlock } from "./block.ts";
import { bytesOf, type Chunk, readChunk } from "./chunk.ts";
import { type RecordedReport, readReport } from "./recorded-report.ts";
import { indexAt, isIndexOf, MAGIC, TAIL_BYTES } from "./recording-bytes.ts";
import { type RecordingHead, readHead } from "./recording-head.ts";

/** No block has more frames: an hour at 60 a second is more than anybody writes into one. */
const MOST_FRAMES = 216_000;

export class Recording {
  readonly head: RecordingHead;
  /** Where the blocks are, ascending by tick. */
  readonly blocks: readonly Chunk[];
  /** Whether it was written to its end: it has its index. */
  readonly isWhole: boolean;
  /** What is wrong with the file, in a sentence: it is good up to there. Undefined when nothing is. */
  readonly fault: string | undefined;
  /** How many of its bytes are good, the index left out. */
  readonly goodBytes: number;
  /** Of a desync, in the recording of one: what else was found out about it. */
  readonly report: RecordedReport | undefined;
  #read: Block | undefined;

  private constructor(of: Pick<Recording, "head" | keyof Rest>) {
    this.head = of.head;
    this.blocks = of.blocks;
    this.isWhole = of.isWhole;
    this.fault = of.fault;
    this.goodBytes = of.goodBytes;
    this.report = of.report;
  }

  /** The recording in a file; a sentence when there is nothing in it that can be played. The bytes are kept. Never throws (R13). */
  static open(file: Uint8Array): Recording | string {
    if (!MAGIC.every((byte, at) => file[at] === byte)) return "This is no recording: it does not begin with PHX1.";
    const first = readChunk(file, MAGIC.length);
    if (typeof first === "string") return `The recording cannot be read: ${first} before its first frame.`;
    const bytes = first.kind === "head" ? bytesOf(first) : undefined;
    const head = bytes === undefined ? "its head is malformed" : readHead(bytes);
    if (typeof head === "string") return `The recording cannot be read: ${head}.`;
    return new Recording({ head, ...readRest(file, first.end) });
  }

  /** The tick of the first frame. */
  get firstTick(): number {
    return this.blocks[0]?.tick ?? 0;
  }

  /** The tick after the last frame. */
  get endTick(): number {
    const last = this.blocks.at(-1);
    return last === undefined ? 0 : last.tick + last.frames;
  }

  /** Which block a tick is in, or is the end of; undefined when it is in none. */
  blockAt(tick: number): number | undefined {
    let at = this.blocks.length - 1;
    while (at > 0 && this.blocks[at]!.tick > tick) at--;
    const block = this.blocks[at];
    return block !== undefined && tick >= block.tick && tick <= block.tick + block.frames ? at : undefined;
  }

  /** A block, inflated: one is kept at a time. A sentence when it is none, though its hash is right. */
  block(index: number): Block | string {
    const chunk = this.blocks[index]!;
    if (this.#read?.tick === chunk.tick) return this.#read;
    const bytes = bytesOf(chunk);
    const block = bytes && readBlock(chunk, bytes);
    if (block === undefined) return `The block of tick ${chunk.tick} is malformed.`;
    this.#read = block;
    return block;
  }
}

type Rest = Pick<Recording, "blocks" | "isWhole" | "fault" | "goodBytes" | "report">;

function readRest(file: Uint8Array, from: number): Rest {
  const blocks: Chunk[] = [];
  let at = from;
  let report: RecordedReport | undefined;
  const upTo = (fault: string): Rest => {
    const last = blocks.at(-1);
    const good = last === undefined ? "Nothing of it" : `Up to tick ${last.tick + last.frames} it`;
    return { blocks, isWhole: false, fault: `${good} can be played: ${fault}.`, goodBytes: at, report };
  };
  while (at < file.length) {
    const chunk = readChunk(file, at);
    if (typeof chunk === "string") return upTo(`after that ${chunk}`);
    if (chunk.kind === "index") {
      const bytes = bytesOf(chunk);
      if (bytes === undefined || !isIndexOf(bytes, blocks)) return upTo("its index is of another file");
      const tail = file.subarray(chunk.end);
      if (tail.length !== TAIL_BYTES || indexAt(tail) !== at) return upTo("after its index it is cut off or changed");
      return { blocks, isWhole: true, fault: undefined, goodBytes: at, report };
    }
    if (chunk.kind === undefined || chunk.kind === "report") {
      if (chunk.kind === "report") report = reportIn(chunk);
      if (chunk.kind === "report" && report === undefined) return upTo("after that its desync report is malformed");
      at = chunk.end;
      continue;
    }
    const last = blocks.at(-1);
    const isNext = last === undefined || chunk.tick >= last.tick + last.frames;
    if (chunk.kind !== "block" || chunk.frames === 0 || chunk.frames > MOST_FRAMES || !isNext)
      return upTo("after that its blocks are in disorder");
    blocks.push(chunk);
    at = chunk.end;
  }
  return upTo("it was not written to its end");
}

function reportIn(chunk: Chunk): RecordedReport | undefined {
  const bytes = bytesOf(chunk);
  return bytes && readReport(bytes);
}
