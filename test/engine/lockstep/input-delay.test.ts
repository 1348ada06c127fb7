/** The input delay: fitted to the line, one tick at a time, and only for what the line has asked all the while. */
import { beforeEach, describe, expect, it } from "vitest";
import { InputDelay } from "../../../shared/engine/lockstep/input-delay.ts";
import { LocalClock } from "../../../shared/engine/lockstep/local-clock.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/lockstep/input-delay.test.ts";
const TICK_RATE = 20;

let delay: InputDelay;
let now: number;
beforeEach(() => {
  delay = new InputDelay(TICK_RATE);
  now = 0;
});

/** Lives with a line for so long; the delay after it. */
function live(ms: number, roundTripMs: number, jitterMs = 0): number {
  for (const end = now + ms; now < end; now += 10) delay.update(now, roundTripMs, jitterMs);
  return delay.ticks;
}

describe("an input delay", () => {
  it.each([
    [0, 0, 0],
    [200, 0, 0],
    [220, 0, 0],
    [300, 0, 1],
    [400, 0, 2],
    [400, 50, 3],
    [100, 100, 1],
    [800, 0, 4],
    [5000, 1000, 4],
  ])("of a round trip of %i ms with %i ms of jitter is %i ticks in the end", (roundTrip, jitter, ticks) => {
    expect(live(60_000, roundTrip, jitter)).toBe(ticks);
  });

  it("grows by one tick a second, and shrinks by one tick in eight", () => {
    expect([live(1000, 500), live(20, 500), live(980, 500), live(20, 500), live(5000, 500)]).toEqual([0, 1, 1, 2, 3]);
    expect([live(8000, 100), live(20, 100), live(7960, 100), live(40, 100), live(9000, 100)]).toEqual([3, 2, 2, 1, 0]);
  });

  it("does not move for a line that is bad, or good, for a moment only", () => {
    for (let i = 0; i < 20; i++) {
      live(900, 500);
      expect(live(100, 100)).toBe(0);
    }
    live(30_000, 500);
    for (let i = 0; i < 20; i++) {
      live(7000, 100);
      expect(live(100, 500)).toBe(3);
    }
  });

  it("never goes beyond what is held back at most, never below nothing, and never by more than a tick at once", () => {
    everySeed(FILE, (random) => {
      delay = new InputDelay(TICK_RATE);
      let last = 0;
      for (let i = 0; i < 2000; i++) {
        now += random.pick([10, 50, 500, 5000]);
        delay.update(now, random.float() * random.pick([50, 500, 5000]), random.float() * 300);
        expect(Math.abs(delay.ticks - last)).toBeLessThanOrEqual(1);
        expect(delay.ticks).toBeGreaterThanOrEqual(0);
        expect(delay.ticks).toBeLessThanOrEqual(4);
        last = delay.ticks;
      }
    });
  });

  it("that is set by hand stays as it is set", () => {
    const clock = new LocalClock(TICK_RATE, 2);
    for (let at = 0; at < 20_000; at += 500) {
      clock.pong(at, at + 600, at / 50);
      clock.advance(at + 600, 0);
    }
    expect(clock.inputDelay).toBe(2);
  });
});
