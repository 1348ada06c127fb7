/** The room ticker: closes a room's ticks when they are due, by the monotonic clock of the process. */
import { performance } from "node:perf_hooks";
import { TickClock } from "../../shared/referee/tick-clock.ts";
import { slotMs, type TickJob, type TickScheduler } from "./tick-scheduler.ts";

/** The work that is done when a tick is due. */
interface RoomTickJob {
  /** Closes one, `latenessMs` after its due time; false when it stays open (a pause, or waiting for a player). */
  close(latenessMs: number): boolean;
  /** Runs once after the ticks of one waking: usually one, more after a standstill. */
  publishOrFault(): void;
}

export interface RoomTickerOptions {
  readonly tickRate: number;
  /** Wakes all rooms of the process. */
  readonly scheduler: TickScheduler;
  readonly tick: RoomTickJob;
}

/** A tick that stays open is tried again after this time. */
const RETRY_MS = 10;

export class RoomTicker implements TickJob {
  readonly tickRate: number;
  readonly #options: RoomTickerOptions;
  readonly #clock: TickClock;
  #isStopped = false;

  /** Opens the first tick as if up to a tick ago (`TickScheduler.origin`): so it is first due within a tick, in its slot. */
  constructor(options: RoomTickerOptions) {
    this.#options = options;
    this.tickRate = options.tickRate;
    this.#clock = new TickClock(options.tickRate, options.scheduler.origin(options.tickRate));
    options.scheduler.add(this);
  }

  /** When the open tick is to be closed. */
  get nextDue(): number {
    return this.#clock.nextDue;
  }

  /** The part of the open tick that has passed, 0 .. 1. */
  get phase(): number {
    return this.#clock.phase(performance.now());
  }

  /** Ticks that were given up after a standstill of the process. */
  get skipped(): number {
    return this.#clock.skipped;
  }

  stop(): void {
    this.#isStopped = true;
    this.#options.scheduler.remove(this);
  }

  wake(): void {
    const due = this.#clock.due(performance.now());
    for (let i = 0; i < due && !this.#isStopped; i++) {
      if (!this.#options.tick.close(this.#clock.lateness(performance.now()))) {
        this.#postpone();
        break;
      }
      this.#clock.close();
    }
    if (due > 0 && !this.#isStopped) this.#options.tick.publishOrFault();
  }

  /** Stays in the slots of its tick rate. */
  #postpone(): void {
    const slot = slotMs(this.tickRate);
    const wait = performance.now() + RETRY_MS - this.nextDue;
    this.#clock.postpone(this.nextDue + Math.ceil(wait / slot) * slot);
  }
}
