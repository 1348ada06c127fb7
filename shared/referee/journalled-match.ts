/** The match that a journal tells of: its entries, in order, until what is missing; and what of them is needed to go on. */
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import { type EntryKind, KEYFRAME_SECONDS } from "./match-journal.ts";
import type { SavedMatch, SavedStanding } from "./saved-match.ts";
import { readStanding } from "./standing-bytes.ts";

interface Standing {
  readonly tick: number;
  readonly saved: SavedStanding;
}

interface Kept {
  readonly tick: number;
  readonly bytes: Uint8Array;
}

/** What is needed to go on. */
export interface Resumable {
  readonly saved: SavedMatch;
  /** The tick before which the standing was written: frames of later ones may follow it. */
  readonly standingTick: number;
  /** Of the last frame. */
  readonly lastTick: number;
}

/** The older one is what clients are brought to the present from that were a little behind. */
const LEAST_KEYFRAMES = 2;

export class JournalledMatch {
  readonly #mostKeyframes: number;
  /** The last ones. */
  #keyframes: Kept[] = [];
  /** Since the oldest of them, without a gap. */
  #frames: Kept[] = [];
  #standing: Standing | undefined;
  #later: Standing | undefined;

  /** @param historySeconds how much of the past is kept beside what is needed to go on. */
  constructor(historySeconds = 0) {
    this.#mostKeyframes = LEAST_KEYFRAMES + Math.ceil(historySeconds / KEYFRAME_SECONDS);
  }

  /** Takes the next entry, whose bytes are kept. False when it cannot be read. */
  take(kind: EntryKind, entry: Uint8Array): boolean {
    const input = new ByteReader(entry);
    const tick = input.uvarint();
    const bytes = input.raw(input.remaining);
    if (input.failed) return false;
    if (kind === "frame") this.#takeFrame({ tick, bytes });
    else if (kind === "keyframe") this.#takeKeyframe({ tick, bytes });
    else {
      const saved = readStanding(bytes);
      if (saved === undefined) return false;
      // One of a later tick is written before its keyframe, after a gap.
      if (tick > (this.#nextTick ?? -1)) this.#later = { tick, saved };
      else this.#standing = { tick, saved };
    }
    return true;
  }

  /** Undefined while there is no whole beginning. */
  get resumable(): Resumable | undefined {
    const [first] = this.#keyframes;
    if (first === undefined || this.#standing === undefined) return undefined;
    const frames = new ByteWriter();
    for (const { bytes } of this.#frames) frames.raw(bytes);
    const history = {
      snapshot: first.bytes,
      frames: frames.view(),
      keyframes: this.#keyframes.map(({ tick }) => tick),
    };
    return {
      saved: { ...this.#standing.saved, history },
      standingTick: this.#standing.tick,
      lastTick: this.#nextTick! - 1,
    };
  }

  get #nextTick(): number | undefined {
    const last = this.#frames.at(-1);
    return last === undefined ? this.#keyframes.at(-1)?.tick : last.tick + 1;
  }

  #takeFrame(frame: Kept): void {
    // What was not written leaves a gap, and a keyframe after it.
    if (frame.tick === this.#nextTick) this.#frames.push(frame);
  }

  #takeKeyframe(keyframe: Kept): void {
    if (keyframe.tick !== this.#nextTick) {
      if (this.#later?.tick !== keyframe.tick) return;
      this.#standing = this.#later;
      this.#keyframes = [keyframe];
      this.#frames = [];
      return;
    }
    this.#keyframes = [...this.#keyframes, keyframe].slice(-this.#mostKeyframes);
    const first = this.#keyframes[0]!.tick;
    this.#frames = this.#frames.filter(({ tick }) => tick >= first);
  }
}
