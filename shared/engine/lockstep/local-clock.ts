/** The local clock: the client's place in tick time, ahead of the server by what an input needs to arrive in time. */
import { InputDelay } from "./input-delay.ts";
import { InputTrips } from "./input-trips.ts";
import { Pacer } from "./pacer.ts";
import type { PredictionBudget } from "./prediction-budget.ts";
import { RoundTrip } from "./round-trip.ts";
import { TimeSync } from "./time-sync.ts";

/** How long before its tick is closed an input should arrive, in ticks: half a tick absorbs timer irregularity. */
const ARRIVAL_MARGIN_TICKS = 0.5;
/** Ticks that a spectator stays behind the newest frame: frames that come unevenly are drawn evenly. */
const JITTER_BUFFER_TICKS = 1;
/** Pings until the line is known, their number, and from then on: each answer costs the server as much as a frame. */
const FIRST_PING_MS = 500;
const FIRST_PINGS = 8;
const PING_MS = 1000;
/** A ping waits so long for an input to ride on: a held one is said again sooner. */
const LONE_PING_MS = 300;
/** More jitter than this a spectator does not wait for, in milliseconds. */
const MOST_JITTER_MS = 150;
/** No player stands so far ahead that its inputs would have more time than this, in seconds: of slow pages, and lines beyond use. */
const MOST_NEEDED_SECONDS = 0.5;
/** It is remembered for so long when an input was made, in seconds: longer than the frame of its tick takes to come. */
const TRIP_MEMORY_SECONDS = 3;

export interface ClockOptions {
  /** Ticks per second. */
  readonly tickRate: number;
  /** Ticks of input delay: at least, as the game wishes (0); and instead of what the line needs, as the player wishes. */
  readonly leastDelay?: number | undefined;
  readonly inputDelay?: number | undefined;
  /** The fate of a late input (R9); "move" when left out. */
  readonly lateInputs?: "move" | "drop" | undefined;
}

export class LocalClock {
  /** How long inputs are held back. */
  readonly delay: InputDelay;
  /** What own inputs took to the server. */
  readonly trips: InputTrips;
  /** What is shown of the line. */
  readonly roundTrip = new RoundTrip();
  readonly #tickRate: number;
  readonly #time: TimeSync;
  readonly #pacer: Pacer;
  #nextPingAt = 0;
  #pings = 0;

  constructor({ tickRate, leastDelay = 0, inputDelay, lateInputs = "move" }: ClockOptions) {
    this.#tickRate = tickRate;
    this.delay = new InputDelay(tickRate, leastDelay, inputDelay);
    this.trips = new InputTrips(tickRate, Math.ceil(TRIP_MEMORY_SECONDS * tickRate), lateInputs === "move");
    this.#time = new TimeSync(tickRate);
    this.#pacer = new Pacer(tickRate);
  }

  /** False until the first ping was answered. */
  get isReady(): boolean {
    return this.#time.isReady;
  }

  get roundTripMs(): number {
    return this.#time.roundTripMs;
  }

  get jitterMs(): number {
    return this.#time.jitterMs;
  }

  /** Where the clock stands, in ticks with their fraction. */
  get position(): number {
    return this.#pacer.position;
  }

  /** The echo of a ping if it is time for one, which an input may carry; takes it as sent then. */
  takePing(now: number): number | undefined {
    if (now < this.#nextPingAt) return undefined;
    this.#nextPingAt = now + (this.#pings < FIRST_PINGS ? FIRST_PING_MS : PING_MS);
    this.roundTrip.asked(now);
    return Math.floor(now) >>> 0;
  }

  /** The same if it has been time for a while and no input came, or none can come before the line is known. */
  takeLonePing(now: number): number | undefined {
    return this.isReady && now < this.#nextPingAt + LONE_PING_MS ? undefined : this.takePing(now);
  }

  /** Takes the answer to a ping sent at `sentAt`. */
  pong(sentAt: number, now: number, serverTicks: number): void {
    this.#pings++;
    this.roundTrip.answered(sentAt, now);
    const verdict = this.#time.add(sentAt, now, serverTicks);
    if (verdict === "old") return;
    if (verdict === "anew") this.trips.reset();
    this.trips.arrived(sentAt, serverTicks, now);
  }

  /**
   * Moves the clock of a player to `now` and returns its position; never steered behind the confirmed tick.
   *
   * @param budget what does not fit into a lowered one is made up for by delay; left out: it is whole.
   */
  advance(now: number, confirmedTick: number, budget?: PredictionBudget): number {
    const serverTicks = this.#time.serverTicksAt(now);
    const { trips, delay } = this;
    trips.update(now, serverTicks);
    const needed = trips.neededTicks + ARRIVAL_MARGIN_TICKS;
    // An input sampled when tick n begins here must arrive before the server closes n, one tick after it opened it.
    const lead = Math.min(needed, MOST_NEEDED_SECONDS * this.#tickRate) - 1;
    // Ahead of what is confirmed by the way there, the way back, and the tick that has begun.
    const beyond = budget?.isLowered === true ? lead + this.#oneWayTicks + 1 - budget.ticks : undefined;
    delay.update(trips.shortestTicks, trips.neededTicks, beyond);
    return this.#pacer.advance(now, Math.max(confirmedTick, serverTicks + lead - delay.ticks));
  }

  /** The player is asked at `now` what they want in `tick`. */
  sampled(tick: number, now: number): void {
    // Not all of a tick that has begun: a draw comes when it comes, and the margin is not for that alone.
    const lagTicks = Math.max(0, Math.min(1, this.position - (tick - this.delay.ticks)));
    this.trips.began(tick, now - (lagTicks * 1000) / this.#tickRate);
  }

  /** Moves the clock of a spectator to `now`: behind the newest frame by the jitter of the line. */
  watch(now: number): number {
    return this.#pacer.advance(now, this.#time.serverTicksAt(now) - this.#oneWayTicks - JITTER_BUFFER_TICKS);
  }

  /** The server says where it stands now, after ticks that stood still. */
  resume(now: number, serverTicks: number): void {
    this.#time.anchor(now, serverTicks);
    this.trips.reset();
    this.#pacer.reset();
  }

  /** The next `advance` jumps to its target: the world has been replaced. */
  reset(): void {
    this.#pacer.reset();
    this.trips.forget();
  }

  /** What a message needs to come, nine times of ten, in ticks. */
  get #oneWayTicks(): number {
    const jitterMs = Math.min(MOST_JITTER_MS, this.jitterMs);
    return ((this.#time.roundTripMs / 2 + jitterMs) * this.#tickRate) / 1000;
  }
}
