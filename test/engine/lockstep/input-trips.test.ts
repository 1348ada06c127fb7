/** Trips of inputs: what arrived, and what was late, decides; what the way back did, and accidents, do not. */
import { beforeEach, describe, expect, it } from "vitest";
import { InputTrips } from "../../../shared/engine/lockstep/input-trips.ts";

const TICK_RATE = 20;
const TICK_MS = 1000 / TICK_RATE;
const CAPACITY = 60;

let trips: InputTrips;
let now: number;
beforeEach(() => {
  trips = new InputTrips(TICK_RATE, CAPACITY, true);
  now = 100_000;
});

/** The server's clock in these tests. */
const serverTicks = (at: number): number => at / TICK_MS;

/** A ping that took so long to the server, and so long back. */
function ping(upMs: number, downMs = upMs): void {
  const sentAt = now;
  now += upMs + downMs;
  trips.arrived(sentAt, serverTicks(sentAt + upMs), now);
}

/** An input for the tick that began at `at`, which came so many milliseconds after; its frames tell so until it is in force. */
function lateInput(tick: number, tripMs: number): void {
  const beganAt = now;
  trips.began(tick, beganAt);
  const inForce = Math.floor(serverTicks(beganAt + tripMs));
  for (let closed = tick; closed < inForce; closed++) {
    now = (closed + 1) * TICK_MS + 20;
    trips.late(closed, tick, now);
  }
}

/** The frame of `tick` is closed without the input for `wantedTick`, and heard of at once. */
function closedWithout(tick: number, wantedTick: number): void {
  now = (tick + 1) * TICK_MS;
  trips.late(tick, wantedTick, now);
}

/** Shortest and needed trip, in milliseconds. */
function found(): [number, number] {
  trips.update(now, serverTicks(now));
  return [Math.round(trips.shortestTicks * TICK_MS), Math.round(trips.neededTicks * TICK_MS)];
}

describe("of pings", () => {
  it("before the first, nothing is needed", () => {
    expect(found()).toEqual([0, 0]);
  });

  it("the shortest is told, and the longest is needed", () => {
    for (const up of [40, 80, 60, 50, 70]) ping(up);
    expect(found()).toEqual([40, 80]);
  });

  it("the way back counts for nothing, however long it takes", () => {
    for (const down of [40, 900, 1500, 300]) ping(40, down);
    expect(found()).toEqual([40, 40]);
  });

  it("one that took 150 ms longer than others is an accident, and not planned for", () => {
    for (const up of [40, 50, 340, 40]) ping(up);
    expect(found()).toEqual([40, 50]);
  });

  it("a line that is worse for good is believed when most have said so", () => {
    for (const up of [10, 10, 250, 250]) ping(up);
    expect(found()).toEqual([10, 10]);
    ping(250);
    expect(found()).toEqual([10, 250]);
  });

  it("long ones are forgotten after four seconds, short ones after eight, and the last ones hold while no others come", () => {
    const needed = (): number[] => [...found()];
    for (let i = 0; i < 3; i++) ping(20);
    for (let i = 0; i < 4; i++) ping(120);
    expect(needed()).toEqual([20, 120]);
    now += 3900;
    for (let i = 0; i < 3; i++) ping(60, 0);
    expect(needed()).toEqual([20, 60]);
    now += 3000;
    for (let i = 0; i < 3; i++) ping(60, 0);
    expect(needed()).toEqual([60, 60]);
    now += 60_000;
    expect(needed()).toEqual([60, 60]);
    ping(10);
    expect(needed(), "better is believed at once").toEqual([10, 10]);
  });

  it("one or two do not tell how short trips are", () => {
    for (const up of [300, 300]) ping(up);
    expect(found()).toEqual([0, 300]);
    ping(300);
    expect(found()).toEqual([300, 300]);
  });
});

describe("of late inputs", () => {
  beforeEach(() => {
    for (let i = 0; i < 3; i++) ping(40);
  });

  it("one that came a tick too late needs the middle of the tick it came in", () => {
    now = 200_000;
    for (let i = 0; i < 3; i++) ping(40);
    const tick = Math.ceil(serverTicks(now));
    now = tick * TICK_MS - 30;
    // Made 80 ms before its tick is closed, and 110 ms under way.
    lateInput(tick, 110);
    expect(found()).toEqual([40, 30 + 1.5 * TICK_MS]);
  });

  it("of one mishap the one that was latest counts, and as one trip", () => {
    const tick = Math.ceil(serverTicks(now));
    now = tick * TICK_MS - 30;
    const beganAt = now;
    for (let i = 0; i < 4; i++) trips.began(tick + i, beganAt + i * TICK_MS);
    for (let i = 0; i < 2; i++) closedWithout(tick + i, tick);
    for (let i = 2; i < 4; i++) closedWithout(tick + i, tick + i);
    expect(found()).toEqual([40, 30 + 2.5 * TICK_MS]);
  });

  it("one that came seconds too late is an accident", () => {
    lateInput(Math.ceil(serverTicks(now)), 2000);
    expect(found()).toEqual([40, 40]);
  });

  it("where late inputs are dropped, it is not known how late one was: a tick is supposed", () => {
    trips = new InputTrips(TICK_RATE, CAPACITY, false);
    for (let i = 0; i < 3; i++) ping(40);
    const tick = Math.ceil(serverTicks(now));
    now = tick * TICK_MS - 30;
    trips.began(tick, now);
    for (let i = 0; i < 3; i++) closedWithout(tick + i, tick);
    expect(found()).toEqual([40, 30 + 1.5 * TICK_MS]);
  });

  it("one of which it is not known when it was made tells nothing", () => {
    trips.late(5, 4, now);
    expect(found()).toEqual([40, 40]);
    const tick = Math.ceil(serverTicks(now));
    trips.began(tick, now);
    trips.forget();
    trips.late(tick, tick, now);
    expect(found()).toEqual([40, 40]);
  });
});

it("when the server's clock stood still, what was found goes on until something else is found", () => {
  for (let i = 0; i < 3; i++) ping(120);
  expect(found()).toEqual([120, 120]);
  trips.reset();
  expect(found()).toEqual([120, 120]);
  ping(30);
  expect(found()).toEqual([30, 30]);
});

it("more of them than there is room for push the oldest out", () => {
  for (let i = 0; i < 100; i++) trips.arrived(now, serverTicks(now + 90), now);
  for (let i = 0; i < 64; i++) trips.arrived(now, serverTicks(now + 30), now);
  expect(found()).toEqual([30, 30]);
});
