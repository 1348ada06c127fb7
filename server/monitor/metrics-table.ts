/** The figures as OPERATIONS.md lists them. */
import { METRICS, type Metric } from "../../shared/monitor/metrics.ts";

export function metricsTable(): string {
  const rows = Object.entries<Metric>(METRICS).map(
    ([name, { type, label, help }]) =>
      `| \`${name}\` | ${type} | ${label === undefined ? "" : `\`${label}\``} | ${help} |`,
  );
  return ["| name | type | label | |", "|---|---|---|---|", ...rows].join("\n");
}
