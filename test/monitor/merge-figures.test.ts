/** Figures of several processes as one server's: what adds up, what does not, and what stays of one that has ended. */
import { expect, it } from "vitest";
import type { Figure, Figures } from "../../shared/monitor/feed.ts";
import { countersOf, mergeFigures } from "../../shared/monitor/merge-figures.ts";
import { METRICS, type Metric } from "../../shared/monitor/metrics.ts";

const figures = (of: (metric: Metric) => Figure): Figures =>
  Object.fromEntries(Object.entries<Metric>(METRICS).map(([name, metric]) => [name, of(metric)])) as unknown as Figures;

const one = (n: number, label: string): Figures =>
  figures(({ type, label: by }) =>
    type === "histogram"
      ? { bounds: [1, 2], counts: [n, 0, 1], sum: n }
      : by === undefined
        ? n
        : { [label]: n, both: n },
  );

it("numbers, labels and histograms add up; of a quantile the worst counts", () => {
  const merged = mergeFigures([one(2, "a"), one(3, "b")]);
  expect(merged.phalanx_players).toBe(5);
  expect(merged.phalanx_ticks_total).toBe(5);
  expect(merged.phalanx_rooms).toEqual({ a: 2, b: 3, both: 5 });
  expect(merged.phalanx_round_trip_seconds).toEqual({ a: 2, b: 3, both: 3 });
  expect(merged.phalanx_tick_duration_seconds).toEqual({ bounds: [1, 2], counts: [5, 0, 2], sum: 5 });
  expect(mergeFigures([one(2, "a")])).toEqual(one(2, "a"));
});

it("of a process that has ended stays what only grows", () => {
  const left = countersOf(one(2, "a"));
  const alive = one(3, "a");
  const merged = mergeFigures([alive, left]);
  expect(merged.phalanx_players).toBe(3);
  expect(merged.phalanx_rooms).toEqual(alive.phalanx_rooms);
  expect(merged.phalanx_ticks_total).toBe(5);
  expect(merged.phalanx_inputs_total).toEqual({ a: 5, both: 5 });
  expect(merged.phalanx_tick_duration_seconds).toEqual({ bounds: [1, 2], counts: [5, 0, 2], sum: 5 });
});
