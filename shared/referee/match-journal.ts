/**
 * The journal of a match: what of it is written down while it is played, so that another referee can go on with it (R17).
 * Every frame, before anybody is told of it; the standing, before the frame that follows its change; now and then a keyframe.
 */
import { ByteWriter } from "../engine/bytes/bytes.ts";
import type { Pause } from "./inputs/pause.ts";
import type { Seats } from "./inputs/seats.ts";

/** Between two keyframes: frames since the older of the last two are stepped again by who goes on. */
export const KEYFRAME_SECONDS = 5;
/** A journal that could not be written is tried again after so long. */
const RETRY_SECONDS = 1;

export type EntryKind = "standing" | "keyframe" | "frame";

/** Where entries go. */
export interface JournalSink {
  /** Whether what is written next has to begin with a standing and a keyframe. */
  readonly wantsBeginning?: boolean;
  /** How long it is from one keyframe to the next; left out: as short as for who has to go on soon. */
  readonly keyframeSeconds?: number;
  /**
   * Takes an entry; its bytes are only good during the call. Never throws.
   *
   * @returns false when it was not written, as on a full disk: the next entries are then a standing and a keyframe.
   */
  append(kind: EntryKind, bytes: Uint8Array): boolean;
}

export interface JournalledMatch {
  readonly game: { readonly tickRate: number };
  readonly world: { readonly tick: number; snapshot(): Uint8Array };
  readonly seats: Pick<Seats, "revision">;
  readonly pause: Pick<Pause, "revision">;
  /** The standing in bytes. */
  readonly standing: (now: number) => Uint8Array;
}

const out = new ByteWriter();

function stamped(tick: number, bytes: Uint8Array): Uint8Array {
  out.reset().uvarint(tick);
  out.raw(bytes);
  return out.view();
}

export class MatchJournal {
  readonly #sink: JournalSink;
  readonly #match: JournalledMatch;
  #seatsAt = -1;
  #pauseAt = -1;
  #keyframeAt: number;
  #now = 0;
  /** Whether what follows can be understood. */
  #isWhole = false;

  constructor(sink: JournalSink, match: JournalledMatch) {
    this.#sink = sink;
    this.#match = match;
    this.#keyframeAt = match.world.tick;
  }

  /**
   * Before a tick is closed, or stands still, and before somebody is told of a seat: what has changed since the last one, and a
   * keyframe when it is time for one.
   *
   * @param now milliseconds, as for `Match.closeTick`; left out: of the last tick that was due.
   */
  note(now = this.#now): void {
    this.#now = now;
    const { world, seats, pause } = this.#match;
    const isDue = world.tick >= this.#keyframeAt || this.#sink.wantsBeginning === true;
    const isChanged = seats.revision !== this.#seatsAt || pause.revision !== this.#pauseAt;
    if (!isDue && !(this.#isWhole && isChanged)) return;
    this.#isWhole = this.#sink.append("standing", stamped(world.tick, this.#match.standing(now)));
    this.#seatsAt = seats.revision;
    this.#pauseAt = pause.revision;
    // After it: a keyframe is a beginning only with a standing that is as old.
    if (isDue && this.#isWhole) this.#isWhole = this.#sink.append("keyframe", stamped(world.tick, world.snapshot()));
    const { keyframeSeconds = KEYFRAME_SECONDS } = this.#sink;
    if (isDue)
      this.#keyframeAt = world.tick + (this.#isWhole ? keyframeSeconds : RETRY_SECONDS) * this.#match.game.tickRate;
  }

  /** A frame was closed, and nobody has been told yet. */
  frame(tick: number, body: Uint8Array): void {
    if (this.#isWhole) this.#isWhole = this.#sink.append("frame", stamped(tick, body));
    if (!this.#isWhole) this.#keyframeAt = Math.min(this.#keyframeAt, tick + RETRY_SECONDS * this.#match.game.tickRate);
  }
}
