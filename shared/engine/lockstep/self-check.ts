/**
 * The client's part in finding and mending a desync: compares, reports its hashes, shows the requested world, applies
 * the cure (R7).
 */
import { applyDelta } from "../bytes/byte-delta.ts";
import { hashBytes } from "../bytes/hash.ts";
import { hashInterval } from "../protocol/frame-codec.ts";
import { wrap } from "../protocol/parcel.ts";
import type { ConfirmedWorld } from "./confirmed-world.ts";
import type { LockstepStats } from "./lockstep-stats.ts";
import type { Outbox } from "./outbox.ts";

/** An equal digest is reported this often, in digests, by an input; by itself where none comes before the next digest. */
const REPORT_EVERY = 4;
/** A healed world is at most this much larger than the sick one. */
const MOST_GROWTH = 16;
const SPARE_BYTES = 64 * 1024;

export class SelfCheck<I, S> {
  readonly #confirmed: ConfirmedWorld<I, S>;
  readonly #line: Outbox<I>;
  readonly #stats: LockstepStats;
  readonly #interval: number;
  /** Equal digests since the last one that was reported; the newest of them, and its tick. */
  #unreported = 0;
  #digest = 0;
  #tick = 0;
  #asked: number | undefined;

  constructor(confirmed: ConfirmedWorld<I, S>, line: Outbox<I>, stats: LockstepStats) {
    this.#confirmed = confirmed;
    this.#line = line;
    this.#stats = stats;
    this.#interval = hashInterval(confirmed.world.game);
  }

  /** Compares the server's digest of the worlds up to the present one with the local one, and reports. */
  compare(digest: number): void {
    const { past, world } = this.#confirmed;
    const own = past.trail.digest(world.tick, this.#interval);
    // A client that joined in the middle of an interval does not know its worlds.
    if (own === undefined) return;
    this.#stats.hashChecks++;
    this.#stats.isDiverged = own !== digest;
    if (own !== digest) {
      this.#stats.hashMismatches++;
      const { firstTick, hashes } = past.hashesTo(world.tick, 2 * this.#interval);
      this.#line.trail(firstTick, hashes);
      return;
    }
    this.#digest = digest;
    this.#tick = world.tick;
    if (++this.#unreported <= REPORT_EVERY) return;
    this.#unreported = 0;
    this.#line.hash(world.tick, digest);
  }

  /** The digest that an input which acknowledges this tick is to report; takes it as reported. */
  takeReport(confirmedTick: number): number | undefined {
    const isNewest = this.#tick === confirmedTick - (confirmedTick % this.#interval);
    if (this.#unreported < REPORT_EVERY || !isNewest) return undefined;
    this.#unreported = 0;
    return this.#digest;
  }

  /** The server wants to see the world at a tick: it is shown by the next `answer`. */
  ask(tick: number): void {
    this.#asked = tick;
  }

  /** Shows the world that was asked for, as it was. */
  answer(): void {
    const tick = this.#asked;
    if (tick === undefined) return;
    this.#asked = undefined;
    const world = this.#confirmed.past.at(tick);
    if (world !== undefined) this.#line.state(tick, this.#confirmed.hashAgain(tick), wrap(world));
  }

  /**
   * Turns the world at an earlier tick into the server's and steps it to the present.
   *
   * @returns false when that cannot be done, or gives another world than the server said: a snapshot has to be asked for.
   */
  heal(tick: number, hash: number, delta: Uint8Array): boolean {
    const sick = this.#confirmed.past.at(tick);
    if (sick === undefined) return false;
    const sound = applyDelta(sick, delta, sick.length * MOST_GROWTH + SPARE_BYTES);
    if (sound === undefined || hashBytes(sound) !== hash || !this.#rewrite(sound)) return false;
    this.#stats.heals++;
    this.#stats.isDiverged = false;
    return true;
  }

  /** A message must not throw: if the rules do, the world is left to a snapshot, and to the frames after it. */
  #rewrite(sound: Uint8Array): boolean {
    try {
      return this.#confirmed.rewrite(sound);
    } catch {
      return false;
    }
  }

  /** Forgets what was asked: the world is another one now. */
  reset(): void {
    this.#stats.isDiverged = false;
    this.#asked = undefined;
    this.#unreported = 0;
  }
}
