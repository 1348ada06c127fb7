/** The reconnector by a virtual clock: a server that is started again is met as soon as it is there, one that stays away is not hammered. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Reconnector } from "../../../client/connection/reconnector.ts";
import { retryDelayMs } from "../../../client/connection/retry-delay.ts";
import type { SdkConnection } from "../../../client/connection/sdk-connection.ts";

const SEAT_HELD_MS = 30_000;

/** A room whose connection is lost, as the SDK has it: a try that fails is followed by the next one, until there were too many. */
class LostRoom {
  /** When each try was made, in milliseconds since the loss. */
  readonly tries: number[] = [];
  reconnector: Reconnector;
  readonly #backAfterMs: number;
  readonly #reconnection = { enabled: true, minUptime: 0, minDelay: 0, maxRetries: 0, backoff: () => 0 };
  #schedule: (attempt: () => void) => void = () => {};
  #back = (): void => {};
  #retries = 0;
  #lostAt = performance.now();

  constructor(backAfterMs: number) {
    this.#backAfterMs = backAfterMs;
    const nothing = (): void => {};
    const room = {
      reconnection: this.#reconnection,
      onReconnect: (listener: () => void) => (this.#back = listener),
      ...{ onStateChange: nothing, onDrop: nothing, onLeave: nothing, ping: nothing },
    };
    const connection = {
      room,
      ...{ isOpen: false, onMessage: nothing, lose: nothing },
      scheduleTries: (schedule: (attempt: () => void) => void) => (this.#schedule = schedule),
    };
    this.reconnector = new Reconnector(connection as unknown as SdkConnection, () => false);
    this.lose();
  }

  lose(): void {
    this.#lostAt = performance.now();
    this.#retries = 0;
    this.tries.length = 0;
    this.#retry();
  }

  #retry(): void {
    if (this.#retries++ >= this.#reconnection.maxRetries) return;
    this.#schedule(() => {
      const now = performance.now() - this.#lostAt;
      this.tries.push(now);
      if (now < this.#backAfterMs) setTimeout(() => this.#retry(), 1);
      else this.#back();
    });
  }

  get waits(): number[] {
    return this.tries.slice(1).map((at, i) => at - this.tries[i]!);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("after a lost connection", () => {
  /** Least, most, and what chance gives. */
  const chances = [() => 0, () => 0.999, Math.random, Math.random, Math.random];

  it.each(chances)("a server that is back after half a second is met within 600 ms of it, chance %#", (chance) => {
    vi.spyOn(Math, "random").mockImplementation(chance);
    const room = new LostRoom(500);
    vi.advanceTimersByTime(500 + 600 + 2);
    expect(room.tries[0]).toBe(0);
    expect(room.tries.at(-1)).toBeGreaterThanOrEqual(500);
    for (const wait of room.waits) expect([wait >= 200, wait <= 602], `${wait} ms`).toEqual([true, true]);
    room.reconnector.stop();
  });

  it.each(chances)(
    "a server that stays away is tried for longer than a seat is held, and seldom, chance %#",
    (chance) => {
      vi.spyOn(Math, "random").mockImplementation(chance);
      const room = new LostRoom(Number.POSITIVE_INFINITY);
      vi.advanceTimersByTime(10 * SEAT_HELD_MS);
      expect(room.tries.at(-1)).toBeGreaterThan(SEAT_HELD_MS);
      expect(room.tries.filter((at) => at > 5000 && at <= 15_000).length).toBeLessThanOrEqual(10);
      expect(room.tries.length).toBeLessThanOrEqual(20);
      room.reconnector.stop();
    },
  );

  it("the next loss is met as the first one was", () => {
    const room = new LostRoom(4000);
    vi.advanceTimersByTime(10_000);
    expect(room.tries.at(-1)).toBeGreaterThanOrEqual(4000);
    room.lose();
    vi.advanceTimersByTime(700);
    expect(room.tries[0]).toBe(0);
    expect(room.tries.length).toBeGreaterThanOrEqual(2);
    room.reconnector.stop();
  });

  it("hope makes the next try at once", () => {
    const room = new LostRoom(Number.POSITIVE_INFINITY);
    vi.advanceTimersByTime(20_000);
    const before = room.tries.length;
    room.reconnector.hurry();
    expect(room.tries.length).toBe(before + 1);
    room.reconnector.stop();
  });
});

describe("the delay before a try", () => {
  const SOON = [1, 2, 3, 4, 5, 6, 7, 8];

  it("is none, then 200 to 600 ms, then 1 to 5 seconds, each a little different", () => {
    expect(retryDelayMs(0, 0.9)).toBe(0);
    for (const attempt of SOON)
      expect([0, 0.5, 1].map((chance) => retryDelayMs(attempt, chance))).toEqual([200, 400, 600]);
    for (let attempt = 9; attempt < 30; attempt++)
      for (const chance of [0, 0.5, 1]) {
        expect(retryDelayMs(attempt, chance)).toBeGreaterThanOrEqual(1000);
        expect(retryDelayMs(attempt, chance)).toBeLessThanOrEqual(5000);
      }
    expect(retryDelayMs(12, 0)).not.toBe(retryDelayMs(12, 1));
  });
});
