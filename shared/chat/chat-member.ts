/** A member of the chat: how far they have received and read, whom they have muted, how much they may say. */

import { TokenBucket } from "../budget/token-bucket.ts";
import type { Seat } from "../engine/game/game.ts";

/** A participant. */
export interface ChatUser {
  /** Session id: the same one after a reconnection. */
  readonly id: string;
  /** Beyond this visit: the subject of the token, for a guest the session id. Never sent to anybody. */
  readonly key: string;
  readonly name: string;
  /** Undefined for a spectator: others are not told how far they have read. */
  readonly seat: Seat | undefined;
}

export interface Marks {
  readonly delivered: number;
  readonly read: number;
}

/** Someone whom this member has muted, or had until lately; its own marks when that began. */
interface Mute extends Marks {
  /** The first line that was kept from it; infinite before there is one. */
  withheld: number;
  /** The newest line when it ended; undefined while it lasts. */
  until: number | undefined;
}

/** What of a member outlives the process: not how much it may say. */
export interface SavedMember extends ChatUser, Marks {
  readonly hasMarked: boolean;
  readonly sent: number;
  /** For how long it is to say nothing, in milliseconds; left out: it may. */
  readonly silentMs?: number;
  /** By key; `withheld` and `until` left out: none yet, and while it lasts. */
  readonly mutes: readonly (Marks & { readonly key: string; readonly withheld?: number; readonly until?: number })[];
}

/** The most lines at once. */
const BURST_LINES = 5;
/** Refusals that are answered: this many at once, then one a second. */
const MOST_ANSWERS = 20;
/** Catching up on demand: so often at once, then every two seconds. */
const MOST_CATCH_UPS = 10;
const CATCH_UPS_PER_SECOND = 0.5;
const MOST_MUTED = 200;

export class ChatMember implements Marks, ChatUser {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly seat: Seat | undefined;
  delivered = 0;
  read = 0;
  /** Whether it has ever said what was delivered: a plain client need not. */
  hasMarked = false;
  /** The last line sent on this connection, and on any. */
  cursor = 0;
  sent = 0;
  /** The lines it is owed beside new ones: all it has missed, or what is left of that. */
  owed: "nothing" | "all" | "rest" = "nothing";
  /** The revision of the chat at which its marks changed, and the one it was last told of. */
  changedAt = 0;
  known = -1;
  /** The room lets it say nothing until then, in milliseconds. */
  silencedUntil = Number.NEGATIVE_INFINITY;
  readonly lines: TokenBucket;
  readonly answers = new TokenBucket(1, MOST_ANSWERS);
  readonly catchUps = new TokenBucket(CATCH_UPS_PER_SECOND, MOST_CATCH_UPS);
  readonly #mutes = new Map<string, Mute>();

  constructor({ id, key, name, seat }: ChatUser, linesPerMinute: number) {
    this.id = id;
    this.key = key;
    this.name = name;
    this.seat = seat;
    this.lines = new TokenBucket(linesPerMinute / 60, BURST_LINES);
  }

  /** @param now milliseconds of the clock of `silencedUntil`. */
  save(now: number): SavedMember {
    const { id, key, name, seat, delivered, read, hasMarked } = this;
    // Only where it tells something: it changes with every line.
    const sent = hasMarked ? delivered : this.sent;
    // Whole seconds, so that it does not change with every look.
    const silentMs = Math.ceil((this.silencedUntil - now) / 1000) * 1000;
    const mutes = [...this.#mutes].map(([of, mute]) => ({
      ...{ key: of, delivered: mute.delivered, read: mute.read },
      ...(mute.withheld === Number.POSITIVE_INFINITY ? {} : { withheld: mute.withheld }),
      ...(mute.until === undefined ? {} : { until: mute.until }),
    }));
    return { id, key, name, seat, delivered, read, hasMarked, sent, mutes, ...(silentMs > 0 ? { silentMs } : {}) };
  }

  load({ delivered, read, hasMarked, sent, mutes, silentMs }: SavedMember, now: number): void {
    Object.assign(this, { delivered, read, hasMarked, sent });
    if (silentMs !== undefined) this.silencedUntil = now + silentMs;
    for (const { key, withheld = Number.POSITIVE_INFINITY, until, ...marks } of mutes)
      this.#mutes.set(key, { ...marks, withheld, until });
  }

  /** After which line to begin on a new connection. */
  get resumesAfter(): number {
    // A plain client that never says what was delivered is taken to have received what was sent.
    let after = this.hasMarked ? this.delivered : this.sent;
    // What was withheld is sent when a mute ends, and may be lost.
    for (const { withheld, until } of this.#mutes.values())
      if (until !== undefined) after = Math.min(after, withheld - 1);
    return after;
  }

  /** Moves its marks up; false when they were there already. */
  mark({ delivered, read }: Marks): boolean {
    this.hasMarked = true;
    if (delivered <= this.delivered && read <= this.read) return false;
    this.delivered = Math.max(this.delivered, delivered);
    this.read = Math.max(this.read, read);
    for (const [key, { until }] of this.#mutes) if (until !== undefined && this.read > until) this.#mutes.delete(key);
    return true;
  }

  hasMuted(key: string): boolean {
    const mute = this.#mutes.get(key);
    return mute !== undefined && mute.until === undefined;
  }

  /** Whether a line is kept from it, which is remembered. */
  withholds(key: string, id: number): boolean {
    const mute = this.#mutes.get(key);
    if (mute === undefined || mute.until !== undefined) return false;
    mute.withheld = Math.min(mute.withheld, id);
    return true;
  }

  /** False when it has muted as many as it can. */
  mute(key: string): boolean {
    if (this.hasMuted(key)) return true;
    const before = this.#mutes.get(key);
    if (before === undefined && this.#mutes.size >= MOST_MUTED) return false;
    const { delivered, read } = this.marksFor(key);
    const withheld = before?.withheld ?? Number.POSITIVE_INFINITY;
    this.#mutes.set(key, { delivered, read, withheld, until: undefined });
    return true;
  }

  /** @param newest the newest line of any author. */
  unmute(key: string, newest: number): void {
    const mute = this.#mutes.get(key);
    if (mute !== undefined) mute.until = newest;
  }

  /**
   * Its marks as another member may see them. For those it has muted they stand still: their lines do not come here, and a
   * mark beyond them would say that they were read. So they do after the mute, until it has read something newer.
   */
  marksFor(key: string): Marks {
    const mute = this.#mutes.get(key);
    if (mute === undefined) return this;
    const isBeyond = (id: number): boolean => mute.until !== undefined && id > mute.until;
    return {
      delivered: isBeyond(this.delivered) ? this.delivered : mute.delivered,
      read: isBeyond(this.read) ? this.read : mute.read,
    };
  }
}
