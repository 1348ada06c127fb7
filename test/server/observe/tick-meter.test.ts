/** The cost and lateness of ticks: means that forget, the worst, and every one of them in the histogram. */
import { expect, it } from "vitest";
import { TickMeter } from "../../../server/observe/tick-meter.ts";

it("begins with the first tick, follows slowly, and keeps the worst", () => {
  const meter = new TickMeter();
  expect(meter).toMatchObject({ ticks: 0, tickMs: 0, latenessMs: 0, worstLatenessMs: 0 });
  meter.record(0.5, 3);
  expect(meter).toMatchObject({ ticks: 1, tickMs: 0.5, latenessMs: 3, worstLatenessMs: 3 });
  meter.record(1.5, 43);
  expect(meter.tickMs).toBeCloseTo(0.55);
  expect(meter.latenessMs).toBeCloseTo(5);
  for (let i = 0; i < 200; i++) meter.record(2, 1);
  expect(meter.tickMs).toBeCloseTo(2, 3);
  expect(meter.latenessMs).toBeCloseTo(1, 3);
  expect([meter.ticks, meter.worstLatenessMs]).toEqual([202, 43]);
  for (const { distribution } of [meter.durations, meter.lateness])
    expect(distribution.counts.reduce((sum, count) => sum + count, 0)).toBe(202);
  expect(meter.lateness.distribution.sum).toBeCloseTo((3 + 43 + 200) / 1000);
});
