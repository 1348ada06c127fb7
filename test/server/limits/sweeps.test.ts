/** The memory of the front line about addresses: swept once a minute; and the number of sockets it bears at once. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Advice } from "../../../server/base/advice.ts";
import { Readiness } from "../../../server/base/readiness.ts";
import { readSettings } from "../../../server/config/settings.ts";
import { Front } from "../../../server/edge/front.ts";
import { OperatorAuth } from "../../../server/identity/operator-auth.ts";
import { Tokens } from "../../../server/identity/tokens.ts";
import { ConnectionRate } from "../../../server/limits/connection-rate.ts";
import { MinuteCounter } from "../../../server/limits/minute-counter.ts";
import { PendingJoins } from "../../../server/limits/pending-joins.ts";

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
    operators: new OperatorAuth(settings, tokens),
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

it("only a limited number of sockets are open at once", () => {
  const settings = readSettings({ CONNECTIONS: "77", IDLE_SECONDS: "9" });
  const tokens = new Tokens(settings);
  const { server } = new Front(settings, new Readiness(), {
    tokens,
    operators: new OperatorAuth(settings, tokens),
    advice: new Advice(),
  });
  expect(server.maxConnections).toBe(77);
  expect(server.timeout).toBe(9000);
  server.emit("close");
});
