/** The referee's hashes of the last minute, and the verdict on clients' digests compared with them (R7). */
import type { AnyGame } from "../../engine/game/game.ts";
import { hashInterval } from "../../engine/protocol/frame-codec.ts";
import { HashTrail } from "../../engine/sim/hash-trail.ts";

/** Longer than any client, delayed ones too, can lag behind before it is given a snapshot anyway; seconds. */
const KEPT_SECONDS = 60;

export type HashVerdict = "equal" | "differs" | "unknown-tick";

export class HashHistory {
  readonly trail: HashTrail;
  /** Digests of clients by what became of them. */
  readonly counts: Record<HashVerdict, number> = { equal: 0, differs: 0, "unknown-tick": 0 };
  readonly #interval: number;
  #latest: { tick: number; hash: number } | undefined;

  constructor(game: AnyGame) {
    this.trail = new HashTrail(KEPT_SECONDS * game.tickRate);
    this.#interval = hashInterval(game);
  }

  /** The hash of the newest world recorded. */
  get latest(): { readonly tick: number; readonly hash: number } | undefined {
    return this.#latest;
  }

  /** Notes the referee's hash at a tick. */
  record(tick: number, hash: number): void {
    this.trail.record(tick, hash);
    this.#latest ??= { tick, hash };
    this.#latest.tick = tick;
    this.#latest.hash = hash;
  }

  /** What the frame of a tick carries: the digest of the worlds since the last one, or undefined between two of them. */
  digestFor(tick: number): number | undefined {
    return tick % this.#interval === 0 ? this.trail.digest(tick, this.#interval) : undefined;
  }

  /** Judges a client's digest; a tick that was never recorded, is too old, or lies ahead is "unknown-tick". */
  check(tick: number, digest: number): HashVerdict {
    const own = tick % this.#interval === 0 ? this.trail.digest(tick, this.#interval) : undefined;
    const verdict = own === undefined ? "unknown-tick" : own === digest ? "equal" : "differs";
    this.counts[verdict]++;
    return verdict;
  }

  /** Judges a client's newest digest, by the tick to which it has stepped. */
  checkNewest(confirmedTick: number, digest: number): HashVerdict {
    return this.check(confirmedTick - (confirmedTick % this.#interval), digest);
  }

  /** The first of these ticks at which a client's hash differs; undefined when none does, or none is known. */
  firstDifference(firstTick: number, hashes: readonly number[]): number | undefined {
    const at = hashes.findIndex((hash, i) => {
      const own = this.trail.hashAt(firstTick + i);
      return own !== undefined && own !== hash;
    });
    this.counts[at < 0 ? "unknown-tick" : "differs"]++;
    return at < 0 ? undefined : firstTick + at;
  }
}
