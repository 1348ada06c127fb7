/**
 * The measures that the figures rest on: the intended time, the ramp, histograms that are put together, limits checked
 * beforehand.
 */
import { describe, expect, it } from "vitest";
import { games } from "../../../shared/games/index.ts";
import { TickSchedule } from "../bots/tick-schedule.ts";
import { type Options, parseOptions } from "../options/options.ts";
import { botsAt } from "../options/stages.ts";
import { Histogram } from "../report/histogram.ts";
import { checkReports } from "../report/report-files.ts";
import { sparkline } from "../report/sparkline.ts";
import { checkFiles, processesFor } from "../server/preflight.ts";

describe("lateness", () => {
  const lateness = (schedule: TickSchedule, arrivals: readonly (readonly [number, number])[]): readonly number[] => {
    for (const [tick, now] of arrivals) schedule.arrived(tick, now);
    return schedule.take().map((late) => Math.round(late));
  };

  it("is against the absolute schedule, so one standstill is seen by every frame it delayed", () => {
    const schedule = new TickSchedule(50);
    // Ticks 2, 3 and 4 were all due during a standstill that ended at 1310: against the frame before, two look early.
    const arrivals = [1000, 1050, 1310, 1311, 1312, 1313, 1314, 1350].map((now, tick) => [tick, now] as const);
    expect(lateness(schedule, arrivals)).toEqual([0, 0, 210, 161, 112, 63, 14, 0]);
  });

  it("is against the fastest frame so far, also for those before it", () => {
    const schedule = new TickSchedule(50);
    const first = [
      [10, 530],
      [11, 550],
    ] as const;
    expect(lateness(schedule, first)).toEqual([30, 0]);
    expect(lateness(schedule, [[12, 595]])).toEqual([0]);
    expect(lateness(schedule, [[13, 650]])).toEqual([5]);
    expect(schedule.take()).toEqual([]);
  });

  it("starts again after a standstill that the server does not make up", () => {
    const schedule = new TickSchedule(50);
    lateness(schedule, [[0, 0]]);
    expect(lateness(schedule, [[1, 3050]])).toEqual([3000]);
    expect(schedule.restarts).toBe(1);
    expect(lateness(schedule, [[2, 3110]])).toEqual([10]);
  });
});

it("each stage begins with a ramp from the one before", () => {
  const stages = [
    { bots: 50, seconds: 30 },
    { bots: 200, seconds: 60 },
    { bots: 20, seconds: 10 },
  ];
  const at = (second: number): number => botsAt(stages, 10, second);
  expect([0, 5, 10, 29, 30, 35, 40, 89, 90, 95, 100, 500].map(at)).toEqual([
    1, 25, 50, 50, 50, 125, 200, 200, 200, 110, 20, 20,
  ]);
  expect(botsAt(stages, 0, 0)).toBe(50);
});

it("a stage may have no bots: before the others, between them, and after them", () => {
  const stages = [0, 10, 0, 10, 0].map((bots) => ({ bots, seconds: 20 }));
  const at = (second: number): number => botsAt(stages, 10, second);
  expect([0, 19, 20, 25, 30, 45, 49, 50, 59, 60, 75, 89, 90, 99].map(at)).toEqual([
    0, 0, 1, 5, 10, 5, 1, 0, 0, 1, 10, 1, 0, 0,
  ]);
});

describe("a histogram", () => {
  it("keeps its figures on the way to another process", () => {
    const here = new Histogram();
    const there = new Histogram();
    for (let i = 1; i <= 1000; i++) here.record(i / 10);
    there.add(here.encode());
    there.record(0.05);
    expect(there.count).toBe(1001);
    expect(there.stat("min")).toBe(0.05);
    expect(there.stat("p50")).toBeCloseTo(50, 0);
    expect(there.stat("p99")).toBeCloseTo(99, 0);
    expect(there.stat("max")).toBeCloseTo(100, 0);
    expect(there.stat("mean")).toBeCloseTo(50, 0);
  });

  it("has no figures but the count when nothing was recorded", () => {
    expect(new Histogram().stat("p50")).toBeUndefined();
    expect(new Histogram().stat("count")).toBe(0);
    expect(new Histogram().summary()).toBeUndefined();
  });

  it("counts the wakings that a late one has hidden", () => {
    const histogram = new Histogram();
    histogram.recordWithMissed(100, 5);
    expect(histogram.count).toBe(20);
  });
});

describe("before the first bot", () => {
  const options = (...args: string[]): Options => parseOptions(args, games) as Options;

  it("it is known that there are too few file descriptors", () => {
    const many = options("-n", "4000");
    expect(() => checkFiles(many, 1, 1024)).toThrow(
      "4000 bots need 4064 open files in one process, and 1024 are allowed here: run ulimit -n 4064 first, or take fewer bots.",
    );
    expect(() => checkFiles(options("-n", "4000", "--url", "ws://a"), 2, 1024)).toThrow("or more --processes.");
    expect(() => checkFiles(options("-n", "4000", "--url", "ws://a"), 8, 1024)).not.toThrow();
    expect(() => checkFiles(many, 1, Number.POSITIVE_INFINITY)).not.toThrow();
  });

  it("it is known that a report cannot be written", () => {
    const files = { json: undefined, html: "test/load/nowhere/r.html", junit: undefined };
    expect(() => checkReports(files)).toThrow(
      "--html: test/load/nowhere/r.html cannot be written; give a file in a folder that is there and yours.",
    );
    expect(() => checkReports({ ...files, html: "test/load/r.html" })).not.toThrow();
  });

  it("processes are as many as there are cores beside the server's, and no more than the bots need", () => {
    expect(processesFor(options("-n", "1000"), 8)).toBe(7);
    expect(processesFor(options("-n", "1000", "--url", "ws://a"), 8)).toBe(8);
    expect(processesFor(options("-n", "60"), 8)).toBe(2);
    expect(processesFor(options("-n", "8"), 1)).toBe(1);
    expect(processesFor(options("-n", "1000", "--processes", "3"), 8)).toBe(3);
  });
});

it("a spark line is as high as its values", () => {
  expect(sparkline([0, 4, 8])).toBe("▁▅█");
  expect(sparkline([])).toBe("");
});
