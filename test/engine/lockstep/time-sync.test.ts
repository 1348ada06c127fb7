/** The idea of the server's clock: the quickest answer is believed, old ones are forgotten, contradictions start anew. */
import { beforeEach, describe, expect, it } from "vitest";
import { TimeSync } from "../../../shared/engine/lockstep/time-sync.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/lockstep/time-sync.test.ts";
const TICK_RATE = 20;
const TICK_MS = 1000 / TICK_RATE;

/** The server's clock in these tests: its tick 0 was opened at client time -10,000. */
const truth = (now: number): number => (now + 10_000) / TICK_MS;

let sync: TimeSync;
beforeEach(() => {
  sync = new TimeSync(TICK_RATE);
});

/** A ping sent at `now` that takes `up` and `down` milliseconds. */
const ping = (now: number, up: number, down: number, shift = 0) =>
  sync.add(now, now + up + down, truth(now + up) + shift);
const errorAt = (now: number): number => sync.serverTicksAt(now) - truth(now);

describe("the estimate", () => {
  it("is nothing before the first answer", () => {
    expect([sync.isReady, sync.roundTripMs, sync.jitterMs, sync.serverTicksAt(500)]).toEqual([false, 0, 0, 0]);
  });

  it("is exact after one answer when both ways take the same time", () => {
    ping(1000, 80, 80);
    expect(sync.isReady).toBe(true);
    expect(sync.roundTripMs).toBe(160);
    expect(errorAt(9000)).toBeCloseTo(0, 9);
  });

  it("believes the quickest of the last answers, wherever it came (RFC 5905)", () => {
    ping(0, 40, 300);
    ping(500, 20, 20);
    ping(1000, 300, 40);
    expect(sync.roundTripMs).toBe(40);
    expect(errorAt(5000)).toBeCloseTo(0, 9);
  });

  it("is never wrong by more than half of the quickest round trip, however uneven the ways are", () => {
    everySeed(FILE, (random) => {
      sync = new TimeSync(TICK_RATE);
      const [least, more] = [random.int(0, 200), random.int(0, 500)];
      const share = random.float();
      let now = 0;
      for (let i = 0; i < 40; i++) {
        const trip = least + random.float() * more;
        ping(now, trip * share, trip * (1 - share));
        now += 500;
        expect(Math.abs(errorAt(now)) * TICK_MS).toBeLessThanOrEqual(sync.roundTripMs / 2 + 1e-6);
        expect(sync.roundTripMs).toBeGreaterThanOrEqual(least);
        expect(sync.jitterMs).toBeLessThanOrEqual(more);
        expect(sync.jitterMs).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it("plans for what nine of ten answers stay within", () => {
    for (let i = 0; i < 11; i++) ping(i * 500, 50 + i * 5, 50);
    expect(sync.roundTripMs).toBe(100);
    expect(sync.jitterMs, "the slowest one does not count").toBe(45);
  });
});

describe("the past", () => {
  it("is forgotten after 15 seconds: a route that became slower is believed", () => {
    ping(0, 10, 10);
    for (let now = 500; now < 14_900; now += 2000) ping(now, 100, 100);
    expect(sync.roundTripMs).toBe(20);
    ping(15_100, 100, 100);
    expect([sync.roundTripMs, sync.jitterMs]).toEqual([200, 0]);
  });

  it("is forgotten after 16 answers, however quickly they came", () => {
    ping(0, 10, 10);
    for (let i = 1; i < 16; i++) ping(i, 100, 100);
    expect(sync.roundTripMs).toBe(20);
    ping(16, 100, 100);
    expect(sync.roundTripMs).toBe(200);
  });

  it("is forgotten at once by an answer that cannot be true with it: the server stood still, or was another one", () => {
    ping(0, 10, 10);
    expect(ping(500, 20, 20, -30), "and it says so").toBe("anew");
    expect(sync.roundTripMs, "although the old one was quicker").toBe(40);
    expect(errorAt(5000)).toBeCloseTo(-30, 9);
    expect(sync.jitterMs).toBe(0);
  });

  it("is kept by one that is off by no more than uneven ways and one tick can explain", () => {
    ping(0, 10, 10);
    ping(500, 100, 0, 0.9);
    expect(sync.roundTripMs).toBe(20);
    expect(errorAt(5000)).toBeCloseTo(0, 9);
  });
});

describe("an answer that says nothing", () => {
  it("because it came before it was asked for is left out", () => {
    expect(sync.add(100, 99, 5)).toBe("old");
    expect(sync.isReady).toBe(false);
  });

  it("because the page slept for a minute in between leaves the estimate as it was, and no NaN", () => {
    ping(0, 10, 10);
    ping(1000, 10, 60_000);
    expect([sync.isReady, sync.roundTripMs, sync.jitterMs]).toEqual([true, 20, 0]);
    ping(62_000, 15, 15);
    expect([sync.isReady, sync.roundTripMs, sync.jitterMs]).toEqual([true, 30, 0]);
    expect(errorAt(62_000)).toBeCloseTo(0, 9);
  });

  it("as the very first one leaves it without an estimate", () => {
    ping(0, 10, 60_000);
    expect([sync.isReady, sync.roundTripMs, sync.jitterMs, sync.serverTicksAt(7)]).toEqual([false, 0, 0, 0]);
  });
});
