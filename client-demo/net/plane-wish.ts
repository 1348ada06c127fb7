/** Which plane this client would rather be on: the preferred one, unless nobody looks or the device cannot keep up. */
import type { Plane } from "../../shared/engine/protocol/plane.ts";

/** A page that is hidden for so long is not just looked away from; milliseconds. */
const HIDDEN_MS = 3000;
/** Frames wait for so long, in seconds of play, and have done so for this time: the device is too slow. */
const BEHIND_SECONDS = 1;
const BEHIND_MS = 3000;
/** After a slow device was moved it tries again after this time, and after twice as long each time it fails. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 120_000;
/** In lockstep for so long without falling behind, it has recovered. */
const RECOVERED_MS = 30_000;
/** The server answers a wish that comes too soon with nothing: it is said again after this time. */
const REPEAT_MS = 2500;

/** How the client is doing at a moment. */
export interface Standing {
  readonly now: number;
  readonly plane: Plane;
  readonly isHidden: boolean;
  readonly waitingFrames: number;
}

export class PlaneWish {
  /** Where to be when nothing speaks against it. */
  preferred: Plane;
  readonly #behindTicks: number;
  #hiddenSince: number | undefined;
  #behindSince: number | undefined;
  #wellSince: number | undefined;
  #slowUntil = Number.NEGATIVE_INFINITY;
  #retryMs = FIRST_RETRY_MS;
  #askedAt = Number.NEGATIVE_INFINITY;

  /** @param tickRate ticks per second. */
  constructor(tickRate: number, preferred: Plane) {
    this.preferred = preferred;
    this.#behindTicks = BEHIND_SECONDS * tickRate;
  }

  /** Whether this device was found too slow for lockstep, and is to recover until then. */
  isSlow(now: number): boolean {
    return now < this.#slowUntil;
  }

  /** The plane to ask for now; undefined when there is nothing to ask. To be called several times a second. */
  update(standing: Standing): Plane | undefined {
    const { now, plane, isHidden } = standing;
    this.#hiddenSince = isHidden ? (this.#hiddenSince ?? now) : undefined;
    this.#judgeSpeed(standing);
    const isAway = this.#hiddenSince !== undefined && now - this.#hiddenSince >= HIDDEN_MS;
    const wanted: Plane = isAway || this.isSlow(now) ? "stream" : this.preferred;
    if (wanted === plane || now - this.#askedAt < REPEAT_MS) return undefined;
    this.#askedAt = now;
    return wanted;
  }

  #judgeSpeed({ now, plane, isHidden, waitingFrames }: Standing): void {
    const isBehind = plane === "lockstep" && !isHidden && waitingFrames > this.#behindTicks;
    this.#behindSince = isBehind ? (this.#behindSince ?? now) : undefined;
    this.#wellSince = plane === "lockstep" && !isBehind ? (this.#wellSince ?? now) : undefined;
    if (this.#wellSince !== undefined && now - this.#wellSince >= RECOVERED_MS) this.#retryMs = FIRST_RETRY_MS;
    if (this.#behindSince === undefined || now - this.#behindSince < BEHIND_MS) return;
    this.#behindSince = undefined;
    this.#slowUntil = now + this.#retryMs;
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
  }
}
