/** The client's idea of the server's clock, in ticks, from its own pings (the SDK's clock is not good enough). */

/** One answered ping. Times in milliseconds of the client's monotonic clock. */
interface Sample {
  readonly middle: number;
  readonly roundTrip: number;
  readonly serverTicks: number;
}

const MOST_SAMPLES = 16;
/** A sample older than this says nothing about the route of now. */
const SAMPLE_LIFE_MS = 15_000;
/** How much of the spread of round trips is planned for: nine of ten inputs arrive in time. */
const JITTER_QUANTILE = 0.9;

/**
 * Estimates the server's tick clock. The sample with the shortest round trip was delayed least, so its midpoint is
 * the best estimate of the offset.
 *
 * Source: D. Mills, RFC 5905 section 10 (clock filter): of the last samples, trust the one of minimum delay.
 */
export class TimeSync {
  readonly #ticksPerMs: number;
  #samples: Sample[] = [];
  #best: Sample | undefined;
  #jitterMs = 0;

  /** @param tickRate ticks per second. */
  constructor(tickRate: number) {
    this.#ticksPerMs = tickRate / 1000;
  }

  /** False until the first ping was answered. */
  get isReady(): boolean {
    return this.#best !== undefined;
  }

  /** Shortest recent round trip in milliseconds; 0 before the first. */
  get roundTripMs(): number {
    return this.#best?.roundTrip ?? 0;
  }

  /** What nine of ten round trips stay within beyond the shortest, in milliseconds. */
  get jitterMs(): number {
    return this.#jitterMs;
  }

  /**
   * Takes an answered ping: sent and received at these times, answered when the server had `serverTicks`.
   *
   * @returns "old" when it tells nothing any more, "anew" when what was known before cannot be true with it.
   */
  add(sentAt: number, receivedAt: number, serverTicks: number): "taken" | "old" | "anew" {
    const roundTrip = receivedAt - sentAt;
    // An answer that was asked for too long ago (the page slept) is too old already, and must not drive out the others.
    if (roundTrip < 0 || roundTrip / 2 >= SAMPLE_LIFE_MS) return "old";
    const sample = { middle: (sentAt + receivedAt) / 2, roundTrip, serverTicks };
    const isAnew = this.#contradicts(sample);
    if (isAnew) this.#samples = [];
    this.#samples.push(sample);
    if (this.#samples.length > MOST_SAMPLES) this.#samples.shift();
    this.#samples = this.#samples.filter((kept) => receivedAt - kept.middle < SAMPLE_LIFE_MS);
    const trips = this.#samples.map((kept) => kept.roundTrip).sort((a, b) => a - b);
    this.#best = this.#samples.find((kept) => kept.roundTrip === trips[0]);
    const index = Math.floor((trips.length - 1) * JITTER_QUANTILE);
    this.#jitterMs = trips[index]! - trips[0]!;
    return isAnew ? "anew" : "taken";
  }

  /** What was known about the server's clock is out of date: it stood still, and goes on from `serverTicks`, heard at `receivedAt`. */
  anchor(receivedAt: number, serverTicks: number): void {
    const roundTrip = this.roundTripMs;
    this.#samples = [];
    // As if a ping had been answered with it: the server said so half a round trip ago.
    this.add(receivedAt - roundTrip, receivedAt, serverTicks);
  }

  /** The tick the server has open at client time `now`, with the part of it that has passed. */
  serverTicksAt(now: number): number {
    if (this.#best === undefined) return 0;
    return this.#best.serverTicks + (now - this.#best.middle) * this.#ticksPerMs;
  }

  /** Two midpoints can differ by half of both round trips at most; more means that a clock was set or stood still. */
  #contradicts(sample: Sample): boolean {
    if (this.#best === undefined) return false;
    const apart = Math.abs(sample.serverTicks - this.serverTicksAt(sample.middle)) / this.#ticksPerMs;
    const oneTickMs = 1 / this.#ticksPerMs;
    return apart > (sample.roundTrip + this.#best.roundTrip) / 2 + oneTickMs;
  }
}
