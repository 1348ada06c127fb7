/** When the client is: its place in tick time, ahead of the server by what an input needs to arrive in time. */
import { Pacer } from "./pacer.ts";
import { TimeSync } from "./time-sync.ts";

/** How long before its tick is closed an input should arrive, in ticks: half a tick absorbs timer irregularity. */
const ARRIVAL_MARGIN_TICKS = 0.5;
const PING_INTERVAL_MS = 500;

export class LocalClock {
  readonly #tickRate: number;
  readonly #inputDelay: number;
  readonly #time: TimeSync;
  readonly #pacer: Pacer;
  #nextPingAt = 0;

  /** @param tickRate ticks per second. @param inputDelay ticks between sampling an input and the tick it is for. */
  constructor(tickRate: number, inputDelay: number) {
    this.#tickRate = tickRate;
    this.#inputDelay = inputDelay;
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

  /** Whether it is time to send a ping; takes it as sent when so. */
  takePing(now: number): boolean {
    if (now < this.#nextPingAt) return false;
    this.#nextPingAt = now + PING_INTERVAL_MS;
    return true;
  }

  /** Takes the answer to a ping sent at `sentAt`. */
  pong(sentAt: number, now: number, serverTicks: number): void {
    this.#time.add(sentAt, now, serverTicks);
  }

  /** Moves the clock to `now` and returns its position; never steered behind the confirmed tick. */
  advance(now: number, confirmedTick: number): number {
    const time = this.#time;
    const oneWayMs = time.roundTripMs / 2 + time.jitterMs;
    // An input sampled when tick n begins here must arrive before the server closes n, one tick after it opened it.
    const lead = (oneWayMs * this.#tickRate) / 1000 - 1 + ARRIVAL_MARGIN_TICKS - this.#inputDelay;
    return this.#pacer.advance(now, Math.max(confirmedTick, time.serverTicksAt(now) + lead));
  }

  /** The next `advance` jumps to its target: the world has been replaced. */
  reset(): void {
    this.#pacer.reset();
  }
}
