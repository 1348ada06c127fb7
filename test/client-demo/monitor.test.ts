/** The monitor's page without a browser: rates from what is pushed, numbers as people read them, and no figure left out. */
import { expect, it } from "vitest";
import { age, short, time } from "../../client-demo/monitor/format.ts";
import { History, KEPT_PUSHES } from "../../client-demo/monitor/history.ts";
import { TILES } from "../../client-demo/monitor/tile-specs.ts";
import type { Figures, Push, RoomRow } from "../../shared/monitor/feed.ts";
import { METRICS, type Metric } from "../../shared/monitor/metrics.ts";

/** A push after so many seconds, in which every figure is `value`. */
function pushAt(seconds: number, value: number, rooms: readonly Partial<RoomRow>[] = []): Push {
  const figures = Object.fromEntries(
    Object.entries<Metric>(METRICS).map(([name, { type, label }]) => {
      if (type === "histogram") return [name, { bounds: [1], counts: [value, 0], sum: value / 2 }];
      return [name, label === undefined ? value : { a: value, b: 1 }];
    }),
  ) as unknown as Figures;
  return { at: seconds * 1000, uptimeSeconds: seconds, figures, rooms: rooms as RoomRow[], journalTroubles: [] };
}

it("rates are by the server's clock, and unknown before the second push", () => {
  const history = new History();
  history.add(pushAt(10, 100));
  expect([history.value("phalanx_players"), history.rate("phalanx_ticks_total")]).toEqual([100, undefined]);
  history.add(pushAt(12, 140));
  expect(history.rate("phalanx_ticks_total")).toBe(20);
  expect(history.rate("phalanx_messages_total", "a")).toBe(20);
  expect(history.value("phalanx_messages_total")).toBe(141);
  expect(history.spread("phalanx_tick_lateness_seconds")).toEqual({ bounds: [1], counts: [40, 0], sum: 20 });
  expect(history.means("phalanx_tick_lateness_seconds")).toEqual([0.5]);
});

it("a restarted server counts from nothing, and two minutes are kept", () => {
  const history = new History();
  history.add(pushAt(1000, 900));
  history.add(pushAt(1, 5));
  expect([history.values("phalanx_players"), history.rate("phalanx_ticks_total")]).toEqual([[5], undefined]);
  for (let i = 2; i < 300; i++) history.add(pushAt(i, i));
  expect(history.values("phalanx_players").length).toBe(KEPT_PUSHES);
});

it("a room's rates are known from its first push on", () => {
  const history = new History();
  const ticks = (row: RoomRow): number => row.ticks;
  const young = { id: "r", ticks: 10, ageSeconds: 0.5 } as RoomRow;
  history.add(pushAt(1, 1));
  history.add(pushAt(2, 1, [young]));
  expect(history.roomRate(young, ticks)).toBe(20);
  const older = { id: "r", ticks: 40, ageSeconds: 1.5 } as RoomRow;
  history.add(pushAt(3, 1, [older]));
  expect(history.roomRate(older, ticks)).toBe(30);
});

it("numbers", () => {
  expect([0, 7, 999, 1234, 123_456, 5e6, 2e12, 3.126, 42.5].map(short)).toEqual([
    "0",
    "7",
    "999",
    "1.2 k",
    "123 k",
    "5.0 M",
    "2000 G",
    "3.13",
    "42.5",
  ]);
  expect([0, 0.000_02, 0.0014, 0.05, 2].map(time)).toEqual(["0 ms", "20 µs", "1.4 ms", "50 ms", "2.0 s"]);
  expect([5, 65, 7500].map(age)).toEqual(["5 s", "1 min", "2 h 05 min"]);
});

it("every figure that the server tells is on the page", () => {
  const shown = TILES.flatMap(({ metrics }) => metrics);
  expect(Object.keys(METRICS).filter((name) => !(shown as string[]).includes(name))).toEqual([]);
});
