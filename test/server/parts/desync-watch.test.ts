/** What clients say about their worlds, compared with what the referee's was at that tick (R7). */
import { describe, expect, it } from "vitest";
import { DesyncWatch } from "../../../server/match/desync-watch.ts";

const KEPT = 128;
const hashOf = (tick: number): number => Math.imul(tick + 1, 0x9e3779b1) >>> 0;

function watchOf(ticks: number, from = 0): DesyncWatch {
  const watch = new DesyncWatch();
  for (let tick = from; tick < from + ticks; tick++) watch.record(tick, hashOf(tick));
  return watch;
}

describe("a desync watch", () => {
  it("knows the newest hash, and none before the first", () => {
    expect(new DesyncWatch().latest).toBeUndefined();
    expect(watchOf(5).latest).toEqual({ tick: 4, hash: hashOf(4) });
    expect(watchOf(1000).latest).toEqual({ tick: 999, hash: hashOf(999) });
  });

  it("judges hashes of the last 128 worlds, and calls older ones and later ones unknown", () => {
    for (const from of [0, 77, 5000]) {
      const watch = watchOf(300, from);
      const newest = from + 299;
      const verdicts = [newest + 1, newest, newest - KEPT + 1, newest - KEPT, 2 ** 32 - 1, -1].map((tick) =>
        watch.check(tick, hashOf(tick)),
      );
      expect(verdicts).toEqual(["unknown-tick", "equal", "equal", "unknown-tick", "unknown-tick", "unknown-tick"]);
      expect(watch.check(newest, hashOf(newest) ^ 1)).toBe("differs");
      expect(watch.check(newest, hashOf(newest - 1))).toBe("differs");
      expect(watch.counts).toEqual({ equal: 2, differs: 2, "unknown-tick": 4 });
    }
  });

  it("tells 32 bits apart, the highest included", () => {
    const watch = new DesyncWatch();
    watch.record(0, 0xffffffff);
    watch.record(1, 0);
    expect([watch.check(0, 0xffffffff), watch.check(0, 0x7fffffff), watch.check(1, 0)]).toEqual([
      "equal",
      "differs",
      "equal",
    ]);
    expect(watch.latest).toEqual({ tick: 1, hash: 0 });
  });

  it("does not take an empty place for a tick", () => {
    expect(new DesyncWatch().check(0, 0)).toBe("unknown-tick");
  });
});
