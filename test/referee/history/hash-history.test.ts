/** The claims of clients about their worlds, compared with what the referee's were at those ticks (R7). */
import { describe, expect, it } from "vitest";
import { hashInterval } from "../../../shared/engine/protocol/frame-codec.ts";
import { HashTrail } from "../../../shared/engine/sim/hash-trail.ts";
import { HashHistory } from "../../../shared/referee/history/hash-history.ts";
import { walk } from "../../kit/walk.ts";

const KEPT = 60 * walk.tickRate;
const INTERVAL = hashInterval(walk);
const hashOf = (tick: number): number => Math.imul(tick + 1, 0x9e3779b1) >>> 0;

function deskOf(ticks: number, from = 0): HashHistory {
  const registry = new HashHistory(walk);
  for (let tick = from; tick < from + ticks; tick++) registry.record(tick, hashOf(tick));
  return registry;
}

/** The digest of a client whose hashes are those of the referee, but for one. */
function digestOf(tick: number, wrongAt?: number): number {
  const trail = new HashTrail(INTERVAL);
  for (let at = Math.max(0, tick - INTERVAL + 1); at <= tick; at++)
    trail.record(at, at === wrongAt ? hashOf(at) ^ 1 : hashOf(at));
  return trail.digest(tick, INTERVAL)!;
}

describe("a hash desk", () => {
  it("knows the newest hash, and none before the first", () => {
    expect(new HashHistory(walk).latest).toBeUndefined();
    expect(deskOf(5).latest).toEqual({ tick: 4, hash: hashOf(4) });
    expect(deskOf(2000).latest).toEqual({ tick: 1999, hash: hashOf(1999) });
  });

  it("gives a digest to every frame of a quarter of a second, and to no other", () => {
    const registry = deskOf(101);
    for (let tick = 0; tick <= 100; tick++)
      expect(registry.digestFor(tick)).toBe(tick % INTERVAL === 0 ? digestOf(tick) : undefined);
  });

  it("judges digests of the last minute, and calls older ones, later ones and those in between unknown", () => {
    for (const from of [0, 75, 5000]) {
      const registry = deskOf(KEPT + 300, from);
      const newest = from + KEPT + 300 - 1 - ((from + KEPT + 300 - 1) % INTERVAL);
      const oldest = newest - KEPT + 2 * INTERVAL;
      const told = [newest + INTERVAL, newest + 1, newest, oldest, oldest - 2 * INTERVAL, 2 ** 32 - 1, -1];
      expect(told.map((tick) => registry.check(tick, digestOf(tick)))).toEqual([
        "unknown-tick",
        "unknown-tick",
        "equal",
        "equal",
        "unknown-tick",
        "unknown-tick",
        "unknown-tick",
      ]);
      for (let back = 0; back < INTERVAL; back++)
        expect(registry.check(newest, digestOf(newest, newest - back)), `${back} ticks before it`).toBe("differs");
      expect(registry.check(newest, digestOf(newest - INTERVAL))).toBe("differs");
      expect(registry.counts).toEqual({ equal: 2, differs: INTERVAL + 1, "unknown-tick": 5 });
    }
  });

  it("tells 32 bits apart, the highest included", () => {
    const registry = new HashHistory(walk);
    registry.record(0, 0xffffffff);
    const high = new HashTrail(1);
    high.record(0, 0x7fffffff);
    const same = new HashTrail(1);
    same.record(0, 0xffffffff);
    expect([registry.check(0, same.digest(0, 1)!), registry.check(0, high.digest(0, 1)!)]).toEqual([
      "equal",
      "differs",
    ]);
    registry.record(1, 0);
    expect(registry.latest).toEqual({ tick: 1, hash: 0 });
  });

  it("does not take an empty place for a tick", () => {
    expect(new HashHistory(walk).check(0, 0)).toBe("unknown-tick");
    expect(new HashHistory(walk).firstDifference(0, [0, 0])).toBeUndefined();
  });
});

describe("a trail", () => {
  const hashes = (firstTick: number, count: number, wrongFrom: number): number[] =>
    Array.from({ length: count }, (_, i) => (hashOf(firstTick + i) ^ (firstTick + i >= wrongFrom ? 1 : 0)) >>> 0);

  it("is followed to the first tick that differs", () => {
    const registry = deskOf(100);
    expect(registry.firstDifference(80, hashes(80, 10, 84))).toBe(84);
    expect(registry.firstDifference(80, hashes(80, 10, 0))).toBe(80);
    expect(registry.firstDifference(80, hashes(80, 10, 89))).toBe(89);
    expect(registry.counts).toEqual({ equal: 0, differs: 3, "unknown-tick": 0 });
  });

  it.each([
    ["that does not differ", 80, 10, 100],
    ["of ticks to come", 100, 10, 0],
    ["of nothing", 80, 0, 0],
    ["of the end of numbers", 2 ** 32 - 5, 10, 0],
  ])("%s is of an unknown tick", (_what, firstTick, count, wrongFrom) => {
    const registry = deskOf(100);
    expect(registry.firstDifference(firstTick, hashes(firstTick, count, wrongFrom))).toBeUndefined();
    expect(registry.counts).toEqual({ equal: 0, differs: 0, "unknown-tick": 1 });
  });

  it("that begins before the last minute is compared from where the referee knows", () => {
    const registry = deskOf(KEPT + 50);
    expect(registry.firstDifference(40, hashes(40, 20, 0)), "tick 50 is the oldest").toBe(50);
  });
});
