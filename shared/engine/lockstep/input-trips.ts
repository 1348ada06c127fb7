/** The trips of local inputs to the server in the last seconds: they decide how far ahead of it this client has to be. */

/** What is older says nothing about what the line of now needs; milliseconds. */
const WINDOW_MS = 4000;
/** For so long no trip may have been shorter; milliseconds. Twice as long: losses come in a row. */
const SHORTEST_WINDOW_MS = 8000;
/** A trip that took so much longer than others do is an accident of TCP (a lost packet), and not planned for; milliseconds. */
const ACCIDENT_MS = 150;
/** Answered pings that tell what the shortest trip is: one or two may have met with an accident. */
const LEAST_PINGS = 3;
/** A late tick this soon after another belongs to the same mishap, in seconds: one lost packet makes many inputs late. */
const SAME_MISHAP_SECONDS = 0.25;
/** More than what comes within the windows: two answered pings and four mishaps a second at most. */
const MOST_TRIPS = 64;

/**
 * Goes by arrivals at the server alone: of pings, which ride on inputs and whose answers tell when they came, and of inputs that
 * their frame was closed without. What the way back does, and what came late and changed nothing, counts for nothing. All in
 * ticks of the server's clock; allocates nothing.
 */
export class InputTrips {
  /** The shortest trip, and the longest that was no accident; 0 before the first. */
  shortestTicks = 0;
  neededTicks = 0;
  readonly #ticksPerMs: number;
  readonly #isMoved: boolean;
  readonly #sameMishapTicks: number;
  readonly #began: Float64Array;
  // A ring of trips: when it was heard of, when it began, at which tick of the server it ended.
  readonly #heardAt = new Float64Array(MOST_TRIPS).fill(Number.NEGATIVE_INFINITY);
  readonly #beganAt = new Float64Array(MOST_TRIPS);
  readonly #arrived = new Float64Array(MOST_TRIPS);
  readonly #isLate = new Uint8Array(MOST_TRIPS);
  readonly #sorted = new Float64Array(MOST_TRIPS);
  #next = 0;
  #mishap: number | undefined;
  #mishapTick = Number.NEGATIVE_INFINITY;
  #lateTick = Number.NEGATIVE_INFINITY;

  /**
   * @param tickRate ticks per second. @param capacity of how many ticks it is kept when their inputs were made.
   * @param isMoved whether late inputs count for a later tick; dropped ones (R9) tell only that they were late, not by how much.
   */
  constructor(tickRate: number, capacity: number, isMoved: boolean) {
    this.#ticksPerMs = tickRate / 1000;
    this.#isMoved = isMoved;
    this.#sameMishapTicks = SAME_MISHAP_SECONDS * tickRate;
    this.#began = new Float64Array(capacity).fill(Number.NaN);
  }

  /** The input for `tick` was due at `at`, in milliseconds. */
  began(tick: number, at: number): void {
    this.#began[tick % this.#began.length] = at;
  }

  /** An answer to a ping: sent at `sentAt`, it reached the server at `serverTicks`, which is heard of at `now`. */
  arrived(sentAt: number, serverTicks: number, now: number): void {
    this.#put(sentAt, serverTicks, now);
  }

  /** The frame of `tick` was closed without the input for `wantedTick`, an earlier one or its own. */
  late(tick: number, wantedTick: number, now: number): void {
    const isSame = tick - this.#lateTick <= 1 && tick - this.#mishapTick < this.#sameMishapTicks;
    this.#lateTick = tick;
    const beganAt = this.#began[wantedTick % this.#began.length]!;
    if (Number.isNaN(beganAt)) return;
    // It came while the next tick was open, in the middle of it as far as is known.
    const arrived = tick + 1.5;
    const mishap = isSame ? this.#mishap : undefined;
    if (mishap === undefined) {
      this.#mishapTick = tick;
      this.#mishap = this.#put(beganAt, arrived, now);
      this.#isLate[this.#mishap] = 1;
    } else if (
      this.#isMoved &&
      this.#length(arrived, beganAt) > this.#length(this.#arrived[mishap]!, this.#beganAt[mishap]!)
    ) {
      this.#beganAt[mishap] = beganAt;
      this.#arrived[mishap] = arrived;
    }
  }

  /** The ticks are counted, or the server's clock is known, in another way from now on; what was found needed goes on. */
  reset(): void {
    this.#heardAt.fill(Number.NEGATIVE_INFINITY);
    this.forget();
  }

  /** What was sampled is another world's. */
  forget(): void {
    this.#began.fill(Number.NaN);
    this.#mishap = undefined;
    this.#lateTick = Number.NEGATIVE_INFINITY;
  }

  /** Looks at the line when the server stands at `serverTicks` at `now`. */
  update(now: number, serverTicks: number): void {
    const known = this.#sort(now, serverTicks, SHORTEST_WINDOW_MS);
    if (known >= LEAST_PINGS || (known > 0 && this.#sorted[0]! < this.shortestTicks))
      this.shortestTicks = this.#sorted[0]!;
    const count = this.#sort(now, serverTicks, WINDOW_MS);
    if (count === 0) return;
    const most = this.#sorted[(count - 1) >> 1]! + ACCIDENT_MS * this.#ticksPerMs;
    let longest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < MOST_TRIPS; i++) {
      if (now - this.#heardAt[i]! > WINDOW_MS) continue;
      const trip = this.#trip(i, now, serverTicks);
      if (trip <= most && trip > longest) longest = trip;
    }
    this.neededTicks = longest;
  }

  /** Sorts the trips of the pings that were answered within a time, and returns how many there are. */
  #sort(now: number, serverTicks: number, withinMs: number): number {
    let count = 0;
    for (let i = 0; i < MOST_TRIPS; i++) {
      if (this.#isLate[i] === 1 || now - this.#heardAt[i]! > withinMs) continue;
      const trip = this.#trip(i, now, serverTicks);
      let at = count++;
      for (; at > 0 && this.#sorted[at - 1]! > trip; at--) this.#sorted[at] = this.#sorted[at - 1]!;
      this.#sorted[at] = trip;
    }
    return count;
  }

  #trip(i: number, now: number, serverTicks: number): number {
    return this.#length(this.#arrived[i]!, this.#beganAt[i]!) - this.#length(serverTicks, now);
  }

  /** A trip whose ends are told by two clocks; what it is too long by is the same for all. */
  #length(arrived: number, beganAt: number): number {
    return arrived - beganAt * this.#ticksPerMs;
  }

  #put(beganAt: number, arrived: number, now: number): number {
    const i = this.#next;
    this.#next = (i + 1) % MOST_TRIPS;
    if (this.#mishap === i) this.#mishap = undefined;
    this.#heardAt[i] = now;
    this.#beganAt[i] = beganAt;
    this.#arrived[i] = arrived;
    this.#isLate[i] = 0;
    return i;
  }
}
