/** The recorder of a match: makes the bytes of a recording of what a match writes down while it is played, block by block. */
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import type { EntryKind, JournalSink } from "../referee/match-journal.ts";
import { readStanding } from "../referee/standing-bytes.ts";
import type { At } from "./block.ts";
import type { Deflate } from "./chunk.ts";
import { type BlockPlace, beginningOf, blockBytes, endingOf } from "./recording-bytes.ts";
import type { RecordingHead } from "./recording-head.ts";
import type { Mark, Roster } from "./roster.ts";
import { marksBetween, rosterOf, type Sitting, sittingOf } from "./sitting.ts";

/** A block is as long at most: what is stepped to get to a tick, and what is lost with the process. */
const BLOCK_SECONDS = 30;
/** It ends earlier where the steps of its frames took so long here, in milliseconds: a phone, which steps them to get to a tick, takes several times that. */
const MOST_STEP_MS = 10;
/** But not before, in seconds. */
const LEAST_SECONDS = 1;
/** Nor while its keyframe is more than so many bytes for each second: a large world is not to be encoded, deflated and written all the time. */
const MOST_KEYFRAME_BYTES_PER_SECOND = 10_000;
/** It ends earlier where its frames are this large. */
const MOST_BODY_BYTES = 1024 * 1024;

/** Takes the next bytes of the file, good only during the call. False when they were not written: the recording ends there. */
export type WriteBytes = (bytes: Uint8Array) => boolean;

/** The block that is being filled. */
class OpenBlock {
  readonly tick: number;
  readonly keyframe: Uint8Array;
  readonly bodies = new ByteWriter();
  readonly rosters: At<Roster>[];
  readonly marks: At<Mark>[] = [];
  frames = 0;
  /** Milliseconds that the steps of its frames took. */
  stepMs = 0;

  constructor(tick: number, keyframe: Uint8Array, roster: Roster) {
    this.tick = tick;
    this.keyframe = keyframe;
    this.rosters = [{ tick, what: roster }];
  }

  get nextTick(): number {
    return this.tick + this.frames;
  }

  /** Takes out the marks of the tick that the next block begins with. */
  takeLate(): At<Mark>[] {
    const at = this.marks.findIndex(({ tick }) => tick === this.nextTick);
    return at < 0 ? [] : this.marks.splice(at);
  }

  /** Byte by byte: a view would be one more object a tick. */
  take(body: Uint8Array, from: number): void {
    for (let at = from; at < body.length; at++) this.bodies.uint8(body[at]!);
    this.frames++;
  }
}

export class Recorder implements JournalSink {
  readonly keyframeSeconds = BLOCK_SECONDS;
  readonly #head: RecordingHead;
  readonly #write: WriteBytes;
  readonly #deflate: Deflate | undefined;
  readonly #input = new ByteReader(new Uint8Array());
  readonly #blocks: BlockPlace[] = [];
  #block: OpenBlock | undefined;
  /** As the last standing says. Bots are known a tick after the frame that they joined in. */
  #sitting: Sitting = [];
  /** Bytes written. */
  #length = 0;
  #hasEnded = false;

  /** Nothing is written before the first block is full. @param deflate left out: in JavaScript, which takes ten times as long. */
  constructor(head: RecordingHead, write: WriteBytes, deflate?: Deflate) {
    this.#head = head;
    this.#write = write;
    this.#deflate = deflate;
  }

  /** Whether the block has become too large, or too dear to step: the next one begins with a keyframe. */
  get wantsBeginning(): boolean {
    const block = this.#block;
    if (block === undefined) return false;
    const leastSeconds = Math.max(LEAST_SECONDS, block.keyframe.length / MOST_KEYFRAME_BYTES_PER_SECOND);
    const isDear = block.stepMs >= MOST_STEP_MS && block.frames >= leastSeconds * this.#head.tickRate;
    return isDear || block.bodies.length >= MOST_BODY_BYTES;
  }

  /** Whether nothing more is recorded. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  append(kind: EntryKind, bytes: Uint8Array): boolean {
    if (this.#hasEnded) return true;
    const input = this.#input.reset(bytes);
    const tick = input.uvarint();
    if (kind === "frame") this.#takeFrame(tick, bytes, input.offset);
    else if (kind === "keyframe") this.#takeKeyframe(tick, bytes.slice(input.offset));
    else this.#takeStanding(tick, input.raw(input.remaining));
    return true;
  }

  /** The step of the last frame took so many milliseconds, by a clock that somebody else has (R12); without that blocks are as long as they may be. */
  stepped(ms: number): void {
    if (this.#block !== undefined) this.#block.stepMs += ms;
  }

  /** Something happened that is in no frame. */
  mark(mark: Mark): void {
    this.#block?.marks.push({ tick: this.#block.nextTick, what: mark });
  }

  /** The match is over: the last block is written, and the index. */
  end(): void {
    this.#closeBlock();
    if (!this.#hasEnded && this.#blocks.length > 0) this.#put(endingOf(this.#blocks, this.#length));
    this.#hasEnded = true;
  }

  /** The tick after the last frame that was written. */
  get #endTick(): number {
    const last = this.#blocks.at(-1);
    return last === undefined ? 0 : last.tick + last.frames;
  }

  #takeFrame(tick: number, entry: Uint8Array, from: number): void {
    // What was not written down leaves a gap, and a keyframe after it.
    if (this.#block?.nextTick === tick) this.#block.take(entry, from);
  }

  #takeKeyframe(tick: number, snapshot: Uint8Array): void {
    const block = this.#block;
    // The match has gone back: what is recorded was played, and is no more.
    if (tick < (block?.nextTick ?? this.#endTick)) {
      this.end();
      return;
    }
    const isFull =
      block === undefined ||
      block.nextTick !== tick ||
      block.frames >= BLOCK_SECONDS * this.#head.tickRate ||
      this.wantsBeginning;
    if (!isFull) return;
    const late = block?.nextTick === tick ? block.takeLate() : [];
    this.#closeBlock();
    if (this.#hasEnded) return;
    this.#block = new OpenBlock(tick, snapshot, rosterOf(this.#sitting));
    this.#block.marks.push(...late);
  }

  #takeStanding(tick: number, bytes: Uint8Array): void {
    const standing = readStanding(bytes);
    if (standing === undefined) return;
    const sitting = sittingOf(standing);
    const marks = marksBetween(this.#sitting, sitting);
    this.#sitting = sitting;
    if (this.#block === undefined || tick !== this.#block.nextTick || marks.length === 0) return;
    for (const mark of marks) this.mark(mark);
    const { rosters } = this.#block;
    if (rosters.at(-1)!.tick === tick && rosters.length > 1) rosters.pop();
    rosters.push({ tick, what: rosterOf(sitting) });
  }

  #closeBlock(): void {
    const block = this.#block;
    this.#block = undefined;
    if (block === undefined || block.frames === 0 || this.#hasEnded) return;
    if (this.#blocks.length === 0 && !this.#put(beginningOf(this.#head))) return;
    const place = { at: this.#length, tick: block.tick, frames: block.frames };
    const { tick, frames, keyframe, rosters, marks } = block;
    if (this.#put(blockBytes({ tick, frames, keyframe, rosters, marks, bodies: block.bodies.view() }, this.#deflate)))
      this.#blocks.push(place);
  }

  #put(bytes: Uint8Array): boolean {
    this.#hasEnded = !this.#write(bytes);
    if (!this.#hasEnded) this.#length += bytes.length;
    return !this.#hasEnded;
  }
}
