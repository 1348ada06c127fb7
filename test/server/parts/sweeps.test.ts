/** What the front line remembers of addresses is looked through once a minute; and so many sockets it bears at once. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Advice } from "../../../server/front/advice.ts";
import { ConnectionRate } from "../../../server/front/connection-rate.ts";
import { Front } from "../../../server/front/front.ts";
import { MinuteCounter } from "../../../server/front/minute-counter.ts";
import { OperatorDoor } from "../../../server/front/operator-door.ts";
import { PendingJoins } from "../../../server/front/pending-joins.ts";
import { Readiness } from "../../../server/front/readiness.ts";
import { Tokens } from "../../../server/front/tokens.ts";
import { readSettings } from "../../../server/settings.ts";

const MINUTE_MS = 60_000;
/** Of requests, of matchmaking, of what was asked in vain, and of rooms. */
const COUNTERS = 4;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("of connections, of requests, and of seats that were reserved", () => {
  const spied = [ConnectionRate.prototype, PendingJoins.prototype, MinuteCounter.prototype];
  const sweeps = spied.map((each) => vi.spyOn(each, "sweep"));
  const settings = readSettings({});
  const tokens = new Tokens(settings);
  const { server } = new Front(settings, new Readiness(), {
    tokens,
    door: new OperatorDoor(settings, tokens),
    advice: new Advice(),
  });
  const calls = (): number[] => sweeps.map(({ mock }) => mock.calls.length);
  vi.advanceTimersByTime(MINUTE_MS - 1);
  expect(calls()).toEqual([0, 0, 0]);
  vi.advanceTimersByTime(1);
  expect(calls()).toEqual([1, 1, COUNTERS]);
  vi.advanceTimersByTime(9 * MINUTE_MS);
  expect(calls()).toEqual([10, 10, 10 * COUNTERS]);
  for (const { mock } of sweeps) expect(mock.calls[0]![0], "the clock that takes are counted by").toBeGreaterThan(0);
  server.emit("close");
  vi.advanceTimersByTime(MINUTE_MS);
  expect(calls()).toEqual([10, 10, 10 * COUNTERS]);
});

it("only so many sockets are open at once", () => {
  const settings = readSettings({ CONNECTIONS: "77", IDLE_SECONDS: "9" });
  const tokens = new Tokens(settings);
  const { server } = new Front(settings, new Readiness(), {
    tokens,
    door: new OperatorDoor(settings, tokens),
    advice: new Advice(),
  });
  expect(server.maxConnections).toBe(77);
  expect(server.timeout).toBe(9000);
  server.emit("close");
});
