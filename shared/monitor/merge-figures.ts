/** The figures of several processes as those of one server. */
import type { Distribution, Figure, Figures } from "./feed.ts";
import { METRICS, type Metric, type MetricName } from "./metrics.ts";

type Labelled = Readonly<Record<string, number>>;

const NAMES = Object.keys(METRICS) as MetricName[];

/** Numbers add up; of quantiles, which do not, the worst process's counts. */
function mergeLabelled(all: readonly Labelled[], add: (a: number, b: number) => number): Labelled {
  const merged: Record<string, number> = {};
  for (const each of all)
    for (const [label, value] of Object.entries(each)) {
      const before = merged[label];
      merged[label] = before === undefined ? value : add(before, value);
    }
  return merged;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function merge({ type, label }: Metric, all: readonly Figure[]): Figure {
  if (type === "histogram") {
    const spreads = all as readonly Distribution[];
    const { bounds, counts } = spreads[0]!;
    const sums = counts.map((_, bucket) => sumOf(spreads.map((spread) => spread.counts[bucket]!)));
    return { bounds, counts: sums, sum: sumOf(spreads.map(({ sum }) => sum)) };
  }
  if (label === undefined) return sumOf(all as readonly number[]);
  return mergeLabelled(all as readonly Labelled[], label === "quantile" ? Math.max : (a, b) => a + b);
}

const eachMetric = (of: (metric: Metric, name: MetricName) => Figure): Figures =>
  Object.fromEntries(NAMES.map((name) => [name, of(METRICS[name], name)])) as Figures;

/** @param all of one process at least. */
export const mergeFigures = (all: readonly Figures[]): Figures =>
  eachMetric((metric, name) =>
    merge(
      metric,
      all.map((figures) => figures[name]),
    ),
  );

/** What stays of a process that has ended: all that only grows, so that the totals of its server do not fall. */
export const countersOf = (figures: Figures): Figures =>
  eachMetric(({ type, label }, name) => (type !== "gauge" ? figures[name] : label === undefined ? 0 : {}));
