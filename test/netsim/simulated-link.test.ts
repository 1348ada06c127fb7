/** The core of the simulated network: when a message arrives, as a function of seed, conditions and clock. */
import { describe, expect, it } from "vitest";
import { WorldRandom } from "../../shared/engine/game/random.ts";
import { type Conditions, PERFECT, stallOf } from "../../shared/netsim/conditions.ts";
import { SimulatedLink } from "../../shared/netsim/simulated-link.ts";
import { everySeed } from "../kit/every-seed.ts";

const FILE = "test/netsim/simulated-link.test.ts";

const lineOf = (conditions: Partial<Conditions>, seed = 1) =>
  new SimulatedLink<number>({ ...PERFECT, ...conditions }, new WorldRandom(seed));

/** Sends `count` messages of 100 bytes, one every 10 ms; returns when each arrives. */
const arrivals = (line: SimulatedLink<number>, count: number): number[] =>
  Array.from({ length: count }, (_, i) => line.send(i, 100, 10 * i));

const takeAll = (line: SimulatedLink<number>, now: number): number[] => {
  const taken: number[] = [];
  for (let next = line.take(now); next !== undefined; next = line.take(now)) taken.push(next.message);
  return taken;
};

describe("a line", () => {
  it("without conditions delivers in the moment of sending", () => {
    expect(arrivals(lineOf({}), 5)).toEqual([0, 10, 20, 30, 40]);
  });

  it("delays every message by the same, and hands over none before its time", () => {
    const line = lineOf({ delayMs: 80 });
    expect(arrivals(line, 3)).toEqual([80, 90, 100]);
    expect([line.nextAt, line.waitingBytes]).toEqual([80, 300]);
    expect(takeAll(line, 79.9)).toEqual([]);
    expect(takeAll(line, 90)).toEqual([0, 1]);
    expect([line.nextAt, line.waitingBytes]).toEqual([100, 100]);
    expect(takeAll(line, 1000)).toEqual([2]);
    expect([line.nextAt, line.waitingBytes]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });

  it("adds jitter from nothing to all of it, evenly", () => {
    const line = lineOf({ delayMs: 50, jitterMs: 40 });
    // A second apart, so that nobody waits for the one before.
    const late = Array.from({ length: 2000 }, (_, i) => line.send(i, 10, 1000 * i) - 1000 * i - 50);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThan(40);
    expect(Math.max(...late)).toBeGreaterThan(38);
    const mean = late.reduce((sum, each) => sum + each, 0) / late.length;
    expect(Math.abs(mean - 20)).toBeLessThan(1);
  });

  it("keeps the order whatever it does, and loses nothing", () => {
    everySeed(FILE, (random, seed) => {
      const conditions = (): Partial<Conditions> => ({
        delayMs: random.float() * 200,
        jitterMs: random.float() * 200,
        lossRate: random.float() / 4,
        bytesPerSecond: random.chance(0.5) ? 5000 : Number.POSITIVE_INFINITY,
      });
      const line = lineOf(conditions(), seed);
      const taken: number[] = [];
      for (let i = 0; i < 300; i++) {
        const now = 7 * i;
        if (random.chance(0.05)) line.change({ ...PERFECT, ...conditions() });
        expect(line.send(i, random.int(1, 200), now)).toBeGreaterThanOrEqual(now);
        taken.push(...takeAll(line, now));
      }
      taken.push(...takeAll(line, 1e9));
      expect(taken).toEqual(Array.from({ length: 300 }, (_, i) => i));
    });
  });

  it("does the same for the same seed, and something else for another one", () => {
    const bad = { delayMs: 80, jitterMs: 50, lossRate: 0.1, bytesPerSecond: 8000 };
    const [first, again, other] = [7, 7, 8].map((seed) => arrivals(lineOf(bad, seed), 200));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it("draws the jitter of a message alike, with losses or without", () => {
    const apart = (conditions: Partial<Conditions>) => {
      const line = lineOf({ jitterMs: 100, stallMs: 5000, ...conditions });
      return Array.from({ length: 100 }, (_, i) => line.send(i, 1, 20_000 * i) - 20_000 * i);
    };
    const lossy = apart({ lossRate: 0.3 });
    expect(apart({}).map((late, i) => lossy[i]! - late >= 4999)).toEqual(lossy.map((late) => late > 1000));
    expect(lossy.filter((late) => late < 1000)).toEqual(apart({}).filter((_, i) => lossy[i]! < 1000));
  });
});

describe("a bandwidth cap", () => {
  it("gives every byte its time on the wire, one message after the other", () => {
    const line = lineOf({ delayMs: 20, bytesPerSecond: 1000 });
    // 100 bytes at 1,000 B/s are 100 ms.
    expect([line.send(0, 100, 0), line.send(1, 100, 0), line.send(2, 50, 10)]).toEqual([120, 220, 270]);
    expect(line.send(3, 100, 1000), "an idle wire is free at once").toBe(1120);
  });

  it("lets through what it says over a long time", () => {
    const line = lineOf({ jitterMs: 30, bytesPerSecond: 64_000 });
    let last = 0;
    for (let i = 0; i < 1000; i++) last = line.send(i, 640, i);
    expect(last).toBeGreaterThanOrEqual(10_000);
    expect(last).toBeLessThan(10_031);
  });
});

describe("a lost message", () => {
  it("is a stall of one retransmission time, for itself and for those behind it", () => {
    const line = lineOf({ delayMs: 50, lossRate: 1, stallMs: 300 });
    expect(line.send(0, 10, 0)).toBe(350);
    line.change({ ...PERFECT, delayMs: 50 });
    expect([line.send(1, 10, 10), line.send(2, 10, 299), line.send(3, 10, 301)]).toEqual([350, 350, 351]);
  });

  it("happens as often as the rate says", () => {
    const line = lineOf({ lossRate: 0.02, stallMs: 5 });
    let lost = 0;
    for (let i = 0; i < 10_000; i++) if (line.send(i, 1, 10 * i) > 10 * i) lost++;
    expect(lost).toBeGreaterThan(150);
    expect(lost).toBeLessThan(250);
  });

  it("waits for 200 ms and a round trip when nothing else is said", () => {
    expect(stallOf({ ...PERFECT, delayMs: 80, jitterMs: 20 })).toBe(380);
    expect(stallOf({ ...PERFECT, delayMs: 80, stallMs: 0 })).toBe(0);
  });
});

describe("a cut", () => {
  it("now loses what is under way and what is sent until it is over", () => {
    const line = lineOf({ delayMs: 50 });
    line.send(0, 10, 0);
    line.send(1, 10, 40);
    expect(takeAll(line, 60)).toEqual([0]);
    line.cut(60, 100);
    expect([line.isCut(59), line.isCut(60), line.isCut(159), line.isCut(160)]).toEqual([false, true, true, false]);
    expect([line.nextAt, line.waitingBytes]).toEqual([Number.POSITIVE_INFINITY, 0]);
    expect(line.send(2, 10, 159)).toBe(Number.POSITIVE_INFINITY);
    expect(line.send(3, 10, 160)).toBe(210);
    expect(takeAll(line, 1000)).toEqual([3]);
  });

  it("of later lets pass what arrives before it", () => {
    const line = lineOf({ delayMs: 50 });
    line.send(0, 10, 0);
    line.send(1, 10, 60);
    line.cut(100, Number.POSITIVE_INFINITY);
    expect([line.send(2, 10, 60), line.send(3, 10, 1e9)]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(takeAll(line, 1e10)).toEqual([0]);
  });

  it("does not make the next connection wait for what it lost, once cleared", () => {
    const line = lineOf({ delayMs: 10, bytesPerSecond: 100 });
    line.send(0, 1000, 0);
    line.clear();
    expect([line.waitingBytes, line.send(1, 10, 5)]).toEqual([0, 115]);
    expect(takeAll(line, 1e6)).toEqual([1]);
  });
});
