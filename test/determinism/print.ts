/** The outcome as a table and sentences, and whether it is a failure. */
import type { Comparison } from "./compare.ts";
import type { Missing, Outcome } from "./determinism.ts";

const COLUMNS = ["engine", "version", "ticks", "hashes", "results of functions", "differences", "seconds"] as const;
const GAP = "  ";
const TEXT_COLUMNS = 2;

const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

const cells = ({ name, version, ticks, hashes, results, differences, failure, seconds }: Comparison): string[] => [
  name,
  version,
  count(ticks),
  count(hashes),
  count(results),
  failure === undefined ? count(differences.length) : "FAILED",
  seconds.toFixed(0),
];

/** One line for the reader who waits. */
export const printDone = (done: Comparison | Missing): string =>
  "reason" in done ? `${done.name}: missing\n` : `${done.name}: ${done.seconds.toFixed(0)} s\n`;

export function printOutcome({ games, comparisons, missing }: Outcome): string {
  const rows = [[...COLUMNS], ...comparisons.map(cells)];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const table = rows.map((row) =>
    row.map((text, i) => (i < TEXT_COLUMNS ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join(GAP),
  );
  return [
    `Games: ${games.join(", ")}; the hash of the world at every tick, beside Node ${process.versions.node}'s own run.`,
    ...table,
    ...missing.map(({ name, reason }) => `${name}: missing (${reason})`),
    ...comparisons.flatMap(({ failure }) => (failure === undefined ? [] : ["", failure])),
    ...comparisons.flatMap(({ differences }) => differences.flatMap((difference) => ["", difference])),
    "",
  ].join("\n");
}

/** @param mustHaveAll whether an engine that is missing is a failure: in CI, which installs them all. */
export const isFailure = ({ comparisons, missing }: Outcome, mustHaveAll: boolean): boolean =>
  comparisons.length === 0 ||
  (mustHaveAll && missing.length > 0) ||
  comparisons.some(({ failure, differences }) => failure !== undefined || differences.length > 0);
