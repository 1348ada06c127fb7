/** Where a client stands in tick time: ahead by what an input needs, but not by what one slow spell made of it. */
import { expect, it } from "vitest";
import { LocalClock } from "../../../shared/engine/lockstep/local-clock.ts";

const RATE = 20;
const TICK_MS = 1000 / RATE;

/** How far ahead of the server, in ticks, a clock comes to stand whose pings took these times (ms). */
function leadAfter(...roundTrips: readonly number[]): number {
  const clock = new LocalClock(RATE, 0);
  let now = 1000;
  for (const roundTrip of roundTrips) {
    now += 500;
    clock.pong(now - roundTrip, now, (now - roundTrip / 2) / TICK_MS);
  }
  return clock.advance(now, 0) - now / TICK_MS;
}

it("an even line is led by one way, less the tick that a frame waits anyway", () => {
  expect(leadAfter(100, 100, 100, 100)).toBeCloseTo(1 - 0.5);
});

it("the jitter of the line is planned for", () => {
  expect(leadAfter(100, 180, 180, 180) - leadAfter(100, 100, 100, 100)).toBeCloseTo(80 / TICK_MS);
});

it("a spell of pings that took seconds, as on a throttled page, is planned for by 150 ms at most", () => {
  expect(leadAfter(100, 3000, 3000, 3000) - leadAfter(100, 100, 100, 100)).toBeCloseTo(150 / TICK_MS);
});
