/** The tick schedule (R2): absolute, so that it neither drifts nor bursts, and given up after a standstill. */
import { describe, expect, it } from "vitest";
import { TickClock } from "../../shared/referee/tick-clock.ts";
import { everySeed } from "../kit/every-seed.ts";

const FILE = "test/referee/tick-clock.test.ts";

/** Closes every tick that is due at `now`; how many. */
function closeDue(clock: TickClock, now: number): number {
  const due = clock.due(now);
  for (let i = 0; i < due; i++) clock.close();
  return due;
}

describe("a frame clock", () => {
  it.each([20, 30, 60, 7])("at %i ticks a second has not drifted after a million ticks", (tickRate) => {
    const start = 123_456.789;
    const clock = new TickClock(tickRate, start);
    for (let closed = 0; closed < 1_000_000; closed++) {
      const due = clock.nextDue;
      if (clock.due(due) !== 1) expect.fail(`tick ${closed} is not due at its time, but ${clock.due(due)} are`);
      clock.close();
    }
    expect(clock.nextDue).toBeCloseTo(start + (1_000_001 * 1000) / tickRate, 3);
    expect(clock.skipped).toBe(0);
  });

  it("does not add up the lateness of timers: late wakings cost nobody a tick", () => {
    everySeed(FILE, (random) => {
      const tickRate = random.int(1, 120);
      const clock = new TickClock(tickRate, 0);
      let closed = 0;
      let now = 0;
      for (let i = 0; i < 500; i++) {
        now = Math.max(now, clock.nextDue) + random.float() * random.pick([0, 1, 15, 300]);
        closed += closeDue(clock, now);
        expect(closed).toBe(Math.floor((now * tickRate) / 1000 + 1e-9));
      }
      expect(clock.skipped).toBe(0);
    });
  });

  it("has nothing due before the time, one tick at it, and what was missed after it", () => {
    const clock = new TickClock(20, 1000);
    expect([clock.nextDue, clock.due(1000), clock.due(1049.99), clock.due(1050), clock.due(1200)]).toEqual([
      1050, 0, 0, 1, 4,
    ]);
    clock.close();
    expect([clock.nextDue, clock.due(1200), clock.due(0)]).toEqual([1100, 3, 0]);
  });

  it("knows how much of the open tick has passed, never a whole one", () => {
    const clock = new TickClock(20, 1000);
    expect([900, 1000, 1012.5, 1025, 1050, 9000].map((now) => clock.phase(now))).toEqual([
      0, 0, 0.25, 0.5, 0.9999, 0.9999,
    ]);
    clock.close();
    expect([clock.phase(1049), clock.phase(1075)]).toEqual([0, 0.5]);
  });

  it("knows how late a tick is", () => {
    const clock = new TickClock(20, 1000);
    expect([1000, 1050, 1062.5].map((now) => clock.lateness(now))).toEqual([0, 0, 12.5]);
  });
});

describe("after a standstill", () => {
  it("of a second at most every tick is made up for", () => {
    const clock = new TickClock(20, 0);
    expect([closeDue(clock, 1000), clock.skipped, clock.nextDue]).toEqual([20, 0, 1050]);
  });

  it("of more the lost ticks are given up and counted, and the schedule goes on from now", () => {
    const clock = new TickClock(20, 0);
    expect([closeDue(clock, 60_010), clock.skipped]).toEqual([1, 1199]);
    expect([clock.nextDue, clock.due(60_049), clock.due(60_050)]).toEqual([60_050, 0, 1]);
    expect(clock.lateness(60_010)).toBe(0);
    closeDue(clock, 60_050);
    expect([closeDue(clock, 200_000), clock.skipped]).toEqual([1, 1199 + 2798]);
  });

  it("ticks closed and ticks given up are together as many as there were", () => {
    everySeed(FILE, (random) => {
      const tickRate = random.int(1, 120);
      const clock = new TickClock(tickRate, 0);
      let closed = 0;
      let now = 0;
      for (let i = 0; i < 60; i++) {
        now += random.float() * random.pick([20, 500, 5000]);
        const due = closeDue(clock, now);
        expect(due, "no burst").toBeLessThanOrEqual(tickRate);
        closed += due;
        expect(closed + clock.skipped).toBe(Math.floor((now * tickRate) / 1000 + 1e-9));
      }
    });
  });
});
