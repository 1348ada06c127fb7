/** The figures as Prometheus reads them: collected when it asks, so that ticks pay nothing for it. */
import { type Metric as PrometheusMetric, Registry } from "prom-client";
import type { Distribution, Figure, Figures } from "../../shared/monitor/feed.ts";
import { METRICS, type Metric, type MetricName } from "../../shared/monitor/metrics.ts";

interface Value {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** Buckets are cumulative there. */
function histogramOf(name: string, { bounds, counts, sum }: Distribution): Value[] {
  let below = 0;
  const buckets = counts.map((count, i) => {
    below += count;
    return { metricName: `${name}_bucket`, labels: { le: bounds[i] ?? "+Inf" }, value: below };
  });
  const totals = [
    { metricName: `${name}_sum`, labels: {}, value: sum },
    { metricName: `${name}_count`, labels: {}, value: below },
  ];
  return [...buckets, ...totals];
}

function valuesOf(name: string, { type, label = "" }: Metric, figure: Figure): Value[] {
  if (type === "histogram") return histogramOf(name, figure as Distribution);
  if (typeof figure === "number") return [{ labels: {}, value: figure }];
  return Object.entries(figure).map(([key, value]) => ({ labels: { [label]: key }, value: value as number }));
}

/** Writes them in Prometheus's text format. */
export async function prometheusText(figures: Figures): Promise<string> {
  const registry = new Registry();
  for (const name of Object.keys(METRICS) as MetricName[]) {
    const metric: Metric = METRICS[name];
    const read = { name, help: metric.help, type: metric.type, values: valuesOf(name, metric, figures[name]) };
    // Its own metrics count by themselves; these have been counted by the rooms.
    registry.registerMetric({ name, get: async () => read } as unknown as PrometheusMetric);
  }
  return registry.metrics();
}

export const PROMETHEUS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;
