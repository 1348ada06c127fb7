/** Figures: how values spread, totals that outlive their rooms, Prometheus's text, and documents that name the same. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { metricsTable } from "../../../server/monitor/metrics-table.ts";
import { prometheusText } from "../../../server/monitor/prometheus.ts";
import { Histogram } from "../../../server/observe/histogram.ts";
import { RoomTally } from "../../../server/observe/room-tally.ts";
import { TickMeter } from "../../../server/observe/tick-meter.ts";
import type { Figures } from "../../../shared/monitor/feed.ts";
import { METRICS, type Metric } from "../../../shared/monitor/metrics.ts";

it("a spread counts each value once, on its bound as below it, and beyond all bounds too", () => {
  const spread = new Histogram([1, 10]);
  for (const ms of [0, 1, 1.001, 10, 10.001, 500]) spread.add(ms);
  expect(spread.distribution).toEqual({ bounds: [0.001, 0.01], counts: [2, 2, 2], sum: expect.closeTo(0.522_002) });
  const other = new Histogram([1, 10]);
  other.add(5);
  other.merge(spread);
  expect(other.distribution.counts).toEqual([2, 3, 2]);
  expect(spread.distribution.counts, "the other is left alone").toEqual([2, 2, 2]);
});

it("a tick meter's spreads hold every tick", () => {
  const meter = new TickMeter();
  for (let i = 0; i < 100; i++) meter.record(0.03, i < 99 ? 1 : 300);
  expect(meter.durations.distribution.counts.reduce((sum, count) => sum + count, 0)).toBe(100);
  expect(meter.lateness.distribution.counts.filter((count) => count > 0)).toEqual([99, 1]);
});

it("tallies add up, by label too", () => {
  const [a, b] = [new RoomTally(), new RoomTally()];
  a.add("phalanx_ticks_total", 3);
  a.addEach("phalanx_heals_total", [["whole", 1]]);
  b.add("phalanx_ticks_total", 4);
  b.addEach("phalanx_heals_total", [
    ["whole", 2],
    ["difference", 5],
  ]);
  a.merge(b);
  expect(a.counts.get("phalanx_ticks_total")).toBe(7);
  expect(Object.fromEntries(a.labelled.get("phalanx_heals_total")!)).toEqual({ whole: 3, difference: 5 });
});

it("Prometheus's histograms are cumulative, and labels are written", async () => {
  const figures = Object.fromEntries(
    Object.entries<Metric>(METRICS).map(([name, { type, label }]) => {
      if (type === "histogram") return [name, { bounds: [0.001, 0.01], counts: [4, 0, 2], sum: 1.5 }];
      return [name, label === undefined ? 7 : { 'a"b': 1, c: 2 }];
    }),
  ) as unknown as Figures;
  const lines = (await prometheusText(figures)).split("\n");
  expect(lines.filter((line) => line.startsWith("phalanx_tick_lateness_seconds"))).toEqual([
    'phalanx_tick_lateness_seconds_bucket{le="0.001"} 4',
    'phalanx_tick_lateness_seconds_bucket{le="0.01"} 4',
    'phalanx_tick_lateness_seconds_bucket{le="+Inf"} 6',
    "phalanx_tick_lateness_seconds_sum 1.5",
    "phalanx_tick_lateness_seconds_count 6",
  ]);
  expect(lines).toContain("phalanx_players 7");
  expect(lines).toContain('phalanx_clients{plane="a\\"b"} 1');
});

describe("names", () => {
  it("are Prometheus's: counters end in _total, units are base units", () => {
    for (const [name, { type }] of Object.entries<Metric>(METRICS)) {
      expect(name).toMatch(/^phalanx_[a-z_]+$/);
      expect(name.endsWith("_total"), name).toBe(type === "counter");
      expect(name).not.toMatch(/_(ms|milliseconds|kb|percent)(_|$)/);
    }
  });

  it("OPERATIONS.md has the table of this version", () => {
    expect(readFileSync("OPERATIONS.md", "utf8").includes(metricsTable()), `put this in:\n\n${metricsTable()}`).toBe(
      true,
    );
  });
});
