/** When the client is: its place in tick time, ahead of the server by what an input needs to arrive in time. */
import { InputDelay } from "./input-delay.ts";
import { Pacer } from "./pacer.ts";
import { TimeSync } from "./time-sync.ts";

/** How long before its tick is closed an input should arrive, in ticks: half a tick absorbs timer irregularity. */
const ARRIVAL_MARGIN_TICKS = 0.5;
/** Whoever only watches stands so far behind the newest frame, in ticks: frames that come unevenly are drawn evenly. */
const JITTER_BUFFER_TICKS = 1;
/** Pings until the line is known, so many, and from then on: each answer costs the server as much as a frame. */
const FIRST_PING_MS = 500;
const FIRST_PINGS = 8;
const PING_MS = 1000;
/** A ping waits so long for an input to ride on: a held one is said again sooner. */
const LONE_PING_MS = 300;
/** More jitter than this is not planned for: a page that was slow for a while must not predict a second ahead for it. */
const MOST_JITTER_MS = 150;

export class LocalClock {
  readonly #tickRate: number;
  readonly #fixedDelay: number | undefined;
  readonly #delay: InputDelay;
  readonly #time: TimeSync;
  readonly #pacer: Pacer;
  #nextPingAt = 0;
  #pongs = 0;

  /** @param tickRate ticks per second. @param inputDelay ticks between an input and its tick; undefined: fitted to the line. */
  constructor(tickRate: number, inputDelay: number | undefined) {
    this.#tickRate = tickRate;
    this.#fixedDelay = inputDelay;
    this.#delay = new InputDelay(tickRate);
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
    this.#nextPingAt = now + (this.#pongs < FIRST_PINGS ? FIRST_PING_MS : PING_MS);
    return Math.floor(now) >>> 0;
  }

  /** The same if it has been time for a while and no input came, or none can come before the line is known. */
  takeLonePing(now: number): number | undefined {
    return this.isReady && now < this.#nextPingAt + LONE_PING_MS ? undefined : this.takePing(now);
  }

  /** Takes the answer to a ping sent at `sentAt`. */
  pong(sentAt: number, now: number, serverTicks: number): void {
    this.#pongs++;
    this.#time.add(sentAt, now, serverTicks);
  }

  /** Ticks between sampling an input and the tick it is for. */
  get inputDelay(): number {
    return this.#fixedDelay ?? this.#delay.ticks;
  }

  /** Moves the clock of a player to `now` and returns its position; never steered behind the confirmed tick. */
  advance(now: number, confirmedTick: number): number {
    const time = this.#time;
    this.#delay.update(now, time.roundTripMs, time.jitterMs);
    // An input sampled when tick n begins here must arrive before the server closes n, one tick after it opened it.
    const lead = this.#oneWayTicks - 1 + ARRIVAL_MARGIN_TICKS - this.inputDelay;
    return this.#pacer.advance(now, Math.max(confirmedTick, time.serverTicksAt(now) + lead));
  }

  /** Moves the clock of somebody who only watches to `now`: behind the newest frame by the jitter of the line. */
  watch(now: number): number {
    return this.#pacer.advance(now, this.#time.serverTicksAt(now) - this.#oneWayTicks - JITTER_BUFFER_TICKS);
  }

  /** The server says where it stands now, after ticks that stood still. */
  resume(now: number, serverTicks: number): void {
    this.#time.anchor(now, serverTicks);
    this.#pacer.reset();
  }

  /** The next `advance` jumps to its target: the world has been replaced. */
  reset(): void {
    this.#pacer.reset();
  }

  /** What an input needs to get to the server, nine times of ten, in ticks. */
  get #oneWayTicks(): number {
    const jitterMs = Math.min(MOST_JITTER_MS, this.#time.jitterMs);
    return ((this.#time.roundTripMs / 2 + jitterMs) * this.#tickRate) / 1000;
  }
}
