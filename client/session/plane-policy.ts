/** The plane policy: the preferred plane, unless the page is hidden or the device cannot keep up. */
import type { Plane } from "../../shared/engine/protocol/plane.ts";

/** A page that is hidden for so long is not just looked away from; milliseconds. */
const HIDDEN_MS = 3000;
/**
 * Frames wait for so long, in seconds of play, and in this time not many more were stepped than are played: the device is too
 * slow. One that steps faster is catching up with what a slow line brought late, and will be there.
 */
const BEHIND_SECONDS = 1;
const BEHIND_MS = 3000;
const CATCHING_UP = 1.25;
/** The stream plane begins with a whole world, as long again as a snapshot; where that takes longer, it is no help. */
const STREAM_FACTOR = 2;
const MOST_WORLD_MS = 3000;
/** After a slow device was moved it tries again after this time, and after twice as long each time it fails. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 120_000;
/** In lockstep for so long without falling behind, it has recovered. */
const RECOVERED_MS = 30_000;
/** The server does not answer a request that comes too soon: it is sent again after this time. */
const REPEAT_MS = 2500;
/** The server has said no, because this client's rules went other ways than its own: asked again after this time. */
const REFUSED_MS = 20_000;

/** How the client is doing at a moment. */
export interface Standing {
  readonly now: number;
  readonly plane: Plane;
  readonly isHidden: boolean;
  readonly client: {
    /** Frames that have come and are not stepped yet, and how many were stepped so far. */
    readonly waitingFrames: number;
    readonly stats: { readonly confirmedFrames: number };
    /** How long the line takes for a snapshot that is not deflated, as far as it is known, in milliseconds. */
    readonly snapshotMs: number;
  };
}

export class PlanePolicy {
  /** Where to be when nothing speaks against it. */
  preferred: Plane;
  readonly #tickRate: number;
  #steppedBefore = 0;
  #hiddenSince: number | undefined;
  #behindSince: number | undefined;
  #wellSince: number | undefined;
  #slowUntil = Number.NEGATIVE_INFINITY;
  #retryMs = FIRST_RETRY_MS;
  #askedAt = Number.NEGATIVE_INFINITY;

  /** @param tickRate ticks per second. */
  constructor(tickRate: number, preferred: Plane) {
    this.preferred = preferred;
    this.#tickRate = tickRate;
  }

  /** Whether this device was found too slow for lockstep, and is to recover until then. */
  isSlow(now: number): boolean {
    return now < this.#slowUntil;
  }

  /** The server does not let this client into lockstep for a while. */
  refused(now: number): void {
    this.#askedAt = now + REFUSED_MS - REPEAT_MS;
  }

  /** The plane to ask for now; undefined when there is nothing to ask. To be called several times a second. */
  update(standing: Standing): Plane | undefined {
    const { now, plane, isHidden } = standing;
    this.#hiddenSince = isHidden ? (this.#hiddenSince ?? now) : undefined;
    this.#judgeSpeed(standing);
    const isAway = this.#hiddenSince !== undefined && now - this.#hiddenSince >= HIDDEN_MS;
    const isHelp = standing.client.snapshotMs * STREAM_FACTOR <= MOST_WORLD_MS;
    const wanted: Plane = isHelp && (isAway || this.isSlow(now)) ? "stream" : this.preferred;
    if (wanted === plane || now - this.#askedAt < REPEAT_MS) return undefined;
    this.#askedAt = now;
    return wanted;
  }

  #judgeSpeed({ now, plane, isHidden, client }: Standing): void {
    const isBehind = plane === "lockstep" && !isHidden && client.waitingFrames > BEHIND_SECONDS * this.#tickRate;
    const { confirmedFrames: steppedFrames } = client.stats;
    if (isBehind && this.#behindSince === undefined) this.#steppedBefore = steppedFrames;
    this.#behindSince = isBehind ? (this.#behindSince ?? now) : undefined;
    this.#wellSince = plane === "lockstep" && !isBehind ? (this.#wellSince ?? now) : undefined;
    if (this.#wellSince !== undefined && now - this.#wellSince >= RECOVERED_MS) this.#retryMs = FIRST_RETRY_MS;
    if (this.#behindSince === undefined || now - this.#behindSince < BEHIND_MS) return;
    const played = ((now - this.#behindSince) / 1000) * this.#tickRate;
    this.#behindSince = undefined;
    if (steppedFrames - this.#steppedBefore > CATCHING_UP * played) return;
    this.#slowUntil = now + this.#retryMs;
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
  }
}
