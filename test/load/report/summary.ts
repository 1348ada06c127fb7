/** The end of a run as text: verdict, conditions, figures, what to do next. */
import { COUNTS, DISTRIBUTION_NAMES, DISTRIBUTIONS, type Unit } from "../verdict/metrics.ts";
import type { Report } from "./report.ts";

/** Counts that are shown when they are not zero. */
const SHOWN = Object.keys(COUNTS) as (keyof typeof COUNTS)[];
const MOST_REASONS = 5;

/** Three digits are more than a shared machine can promise. */
export function figure(value: number | undefined, unit: Unit): string {
  if (value === undefined) return "not measured";
  const text = Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
  return unit === "" ? text : `${text} ${unit}`;
}

export function summaryOf(report: Report): string {
  const { verdict, distributions, counts, environment, troubles, desyncs, finding } = report;
  const lines = [`${verdict.outcome.toUpperCase()}  ${verdict.sentence}`, ""];
  for (const { text, value, unit, isMet } of verdict.checks)
    lines.push(`  ${isMet ? "held  " : "FAILED"}  ${text}: ${figure(value, unit)}`);
  lines.push("", `  ${"".padEnd(20)}${["p50", "p95", "p99", "max"].map((title) => title.padStart(10)).join("")}`);
  for (const name of DISTRIBUTION_NAMES) {
    const summary = distributions[name];
    if (summary === undefined) continue;
    const { p50, p95, p99, max } = summary;
    const cells = [p50, p95, p99, max].map((value) => figure(value, "").padStart(10)).join("");
    lines.push(`  ${name.padEnd(20)}${cells} ${DISTRIBUTIONS[name].unit}`);
  }
  const counted = SHOWN.filter((name) => counts[name] > 0).map((name) => `${name} ${Math.round(counts[name])}`);
  lines.push("", `  ${counted.join(", ")}`);
  for (const { atFault, reason, times } of troubles.slice(0, MOST_REASONS))
    lines.push(`  ${times} x ${atFault}: ${reason}`);
  const [first] = desyncs;
  if (first !== undefined)
    lines.push(
      `  first desync: room ${first.room}, tick ${first.tick}: npm run desync -- ${finding?.file ?? "reports/<file>"}`,
      "    (a recording up to there: npm run replay and the page with ?replay show it, too)",
    );
  const { node, cpu, cores, load, phalanx, colyseus, commit } = environment;
  lines.push("", `  Phalanx ${phalanx} (${commit ?? "no commit"}), Colyseus ${colyseus}, Node ${node}`);
  lines.push(`  ${cpu}, ${cores} cores, load ${load.toFixed(1)}`, `  $ ${report.command}`, "");
  return lines.join("\n");
}
