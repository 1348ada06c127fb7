/** Assertions as people write them: `frame_lateness.p99<20ms`, `hash_mismatches==0`. */
import { FlagError } from "../options/flag-error.ts";
import { didYouMean } from "../options/nearest-name.ts";
import { COUNTS, DISTRIBUTIONS, isCount, isDistribution, METRIC_NAMES, type Unit } from "./metrics.ts";

export interface Assertion {
  readonly text: string;
  readonly metric: string;
  /** `p99`, `max`, `mean` ...; undefined for what is counted. */
  readonly stat: string | undefined;
  readonly operator: Operator;
  /** In the metric's own unit. */
  readonly limit: number;
  readonly unit: Unit;
}

type Operator = "<" | "<=" | ">" | ">=" | "==";

const HOLDS: Readonly<Record<Operator, (value: number, limit: number) => boolean>> = {
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
  "==": (value, limit) => value === limit,
};

/** What one of each written unit is in the metric's own. */
const UNITS: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  ms: { "": 1, us: 0.001, ms: 1, s: 1000 },
  "B/s": { "": 1, B: 1, "B/s": 1, kB: 1000, "kB/s": 1000 },
  "%": { "": 1, "%": 1 },
  MB: { "": 1, MB: 1, GB: 1000 },
  ticks: { "": 1, ticks: 1 },
  "": { "": 1 },
};

const STATS = ["min", "mean", "max", "count"];
const isStat = (stat: string): boolean => STATS.includes(stat) || /^p(\d\d?(\.\d+)?|100)$/.test(stat);

/** @throws FlagError that says what is wrong. */
export function parseAssertion(text: string): Assertion {
  const [, metric, stat, operator, digits, unit] =
    /^\s*([a-z_]+)(?:\.([a-z0-9.]+))?\s*(<=|>=|==|<|>)\s*(\d+(?:\.\d+)?)\s*([a-zA-Z%/]*)\s*$/.exec(text) ?? [];
  if (metric === undefined)
    throw new FlagError(`--assert cannot be "${text}": write it as 'frame_lateness.p99<20ms' or 'joins>=50'.`);
  if (!isDistribution(metric) && !isCount(metric))
    throw new FlagError(`--assert: there is no metric "${metric}".${didYouMean(metric, METRIC_NAMES)}`);
  if (isDistribution(metric) && (stat === undefined || !isStat(stat)))
    throw new FlagError(`--assert: say which part of ${metric}: ${metric}.p99, or p50, p99.9, max, min, mean, count.`);
  if (isCount(metric) && stat !== undefined)
    throw new FlagError(`--assert: ${metric} is one number; write '${metric}${operator}${digits}'.`);
  const own = stat === "count" ? "" : (isDistribution(metric) ? DISTRIBUTIONS[metric] : COUNTS[metric]).unit;
  const factor = UNITS[own][unit!];
  if (factor === undefined)
    throw new FlagError(
      `--assert: ${metric} is not measured in "${unit}"; ${own === "" ? "give a plain number" : `give ${own}`}.`,
    );
  return {
    text: text.trim(),
    metric,
    stat,
    operator: operator as Operator,
    limit: Number(digits) * factor,
    unit: own,
  };
}

/** Undefined: the figure was never measured, and what was not measured does not hold. */
export const holds = ({ operator, limit }: Assertion, value: number | undefined): boolean =>
  value !== undefined && HOLDS[operator](value, limit);
