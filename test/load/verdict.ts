/** What a run comes to: which of its conditions held, and the exit code. */
import { type Assertion, holds } from "./assertions.ts";
import type { Unit } from "./metrics.ts";
import type { Options } from "./options.ts";
import type { Tally } from "./tally.ts";

export const EXIT_CODES = { passed: 0, failed: 99, inconclusive: 3, aborted: 1, interrupted: 130 } as const;
export type Outcome = keyof typeof EXIT_CODES;

/** One condition of a run. */
export interface Check {
  readonly text: string;
  readonly value: number | undefined;
  readonly unit: Unit;
  readonly isMet: boolean;
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly exitCode: number;
  /** One sentence. */
  readonly sentence: string;
  readonly checks: readonly Check[];
}

/** How a run ended that did not come to its end. */
export interface Ending {
  /** Why it could not go on; undefined: it could. */
  readonly aborted: string | undefined;
  readonly isInterrupted: boolean;
  /** Processes that played bots and are gone, in words. */
  readonly deaths: readonly string[];
}

/** A process that works so much of the time, in per cent of a core, has no time for what arrives. */
const MOST_CPU = 90;

/** What every run has to show, without being asked. */
function expected({ verify }: Options): readonly (readonly [string, string])[] {
  const hashes = [
    ["hash_mismatches==0", "no world differed from the server's"],
    ["hash_checks>0", "worlds were compared at all"],
  ] as const;
  return [
    ...(verify === "hash" ? hashes : []),
    ["joins>0", "somebody came into step"],
    ["lost==0", "nobody was thrown out, and whose connection was killed kept the seat"],
    ["not_in_step==0", "at the end every bot is in step, the killed ones too"],
  ];
}

function expectedChecks(options: Options, tally: Tally): Check[] {
  return expected(options).map(([condition, about]) => {
    const [, metric, operator, digits] = /^(\w+)(==|>)(\d+)$/.exec(condition)!;
    const value = tally.figure(metric!)!;
    const isMet = operator === "==" ? value === Number(digits) : value > Number(digits);
    return { text: `${condition} (${about})`, value, unit: "", isMet };
  });
}

function assertionCheck(assertion: Assertion, tally: Tally): Check {
  const { text, metric, stat, unit } = assertion;
  const value = tally.figure(metric, stat);
  return { text, value, unit, isMet: holds(assertion, value) };
}

const round = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

/** Why the figures say more about the bots' own machine than about the server; undefined: they do not. */
function saturation({ maxDelayMs }: Options, tally: Tally, { deaths }: Ending): string | undefined {
  if (deaths.length > 0) return `${deaths.join(", ")}; its bots are missing`;
  const cpu = tally.figure("generator_cpu", "mean") ?? 0;
  const delay = tally.figure("generator_delay", "p99") ?? 0;
  if (cpu > MOST_CPU) return `a process that plays bots used ${round(cpu)} % of a core (more than ${MOST_CPU} %)`;
  if (delay > maxDelayMs)
    return `a process that plays bots woke ${round(delay)} ms late at its p99 (more than --max-delay ${round(maxDelayMs)}ms)`;
  return undefined;
}

/** What the server said most often to those it did not let in or threw out; empty when it let everybody in. */
function refusal(tally: Tally): string {
  const [most] = [...tally.reasons].sort(([, a], [, b]) => b - a);
  return most === undefined
    ? ""
    : ` The server said ${most[1]} times "${most[0]}": give it fewer bots, or read its log.`;
}

const FEWER = "take fewer bots, more --processes, or a machine with less to do";

function judge(options: Options, tally: Tally, checks: readonly Check[], ending: Ending): [Outcome, string] {
  const failed = checks.filter(({ isMet }) => !isMet);
  if (ending.isInterrupted) return ["interrupted", "Stopped by Ctrl-C: the figures are of the time until then."];
  if (ending.aborted !== undefined) return ["aborted", ending.aborted];
  // A world that differs does so on any machine.
  const desynced = options.verify === "hash" && tally.count("hash_mismatches") > 0;
  if (desynced) return ["failed", `Worlds differed from the server's: ${tally.count("hash_mismatches")} times.`];
  const why = saturation(options, tally, ending);
  if (why !== undefined) return ["inconclusive", `The bots' own machine was the limit: ${why}; ${FEWER}.`];
  if (failed.length > 0)
    return ["failed", `Did not hold: ${failed.map(({ text }) => text).join("; ")}.${refusal(tally)}`];
  return ["passed", `All ${checks.length} conditions held.`];
}

export function verdictOf(options: Options, tally: Tally, ending: Ending): Verdict {
  const asserted = options.assertions.map((assertion) => assertionCheck(assertion, tally));
  const checks = [...asserted, ...expectedChecks(options, tally)];
  const [outcome, sentence] = judge(options, tally, checks, ending);
  return { outcome, exitCode: EXIT_CODES[outcome], sentence, checks };
}
