/** The judge of a run: from figures and troubles to an outcome, the party at fault, and a sentence that says both. */

import type { Options } from "../options/options.ts";
import { counted } from "../report/plural.ts";
import { type AtFault, blaming } from "./at-fault.ts";
import type { Check, Ending, Outcome } from "./outcome.ts";
import type { Tally, Times } from "./tally.ts";

export interface Judgement {
  readonly outcome: Outcome;
  /** Undefined: nobody is at fault, or nothing that was measured shows who. */
  readonly atFault: AtFault | undefined;
  readonly sentence: string;
}

/** A process that works so much of the time, in per cent of a core, has no time for what arrives. */
const MOST_CPU = 90;
/** In per cent of a core too: a script that takes more is what makes its process late. */
const MOST_SCRIPT = 50;
/** So many troubles are told in one sentence. */
const MOST_TOLD = 2;

export interface Evidence {
  readonly options: Options;
  readonly tally: Tally;
  readonly checks: readonly Check[];
  readonly ending: Ending;
}

export function judge(evidence: Evidence): Judgement {
  const { options, tally, checks, ending } = evidence;
  if (ending.interrupted !== undefined) {
    const sentence = `Stopped by ${ending.interrupted}: the figures are of the time until then.`;
    return { outcome: "interrupted", atFault: undefined, sentence };
  }
  if (ending.aborted !== undefined) return { outcome: "aborted", ...ending.aborted };
  // A world that differs does so on any machine.
  const differing = tally.count("hash_mismatches");
  if (options.verify === "hash" && differing > 0) {
    const what = `Worlds differed from the server's: ${counted(differing, "time")}`;
    return { outcome: "failed", atFault: "rules", sentence: blaming("rules", what) };
  }
  const limit = saturation(evidence);
  if (limit !== undefined) return { outcome: "inconclusive", ...limit };
  const failed = checks.filter(({ isMet }) => !isMet);
  if (failed.length === 0)
    return { outcome: "passed", atFault: undefined, sentence: `All ${checks.length} conditions held.` };
  const what = `Did not hold: ${failed.map(({ text }) => text).join("; ")}.`;
  const suspect = suspectOf(evidence, failed);
  const sentence = suspect === undefined ? what : `${what} ${blaming(suspect.atFault, suspect.what)}`;
  return { outcome: "failed", atFault: suspect?.atFault, sentence };
}

const round = (value: number): string => value.toFixed(value < 10 ? 1 : 0);

/** Why the figures say more about the bots' own machine than about the server; undefined: they do not. */
function saturation({ options, tally, ending }: Evidence): Omit<Judgement, "outcome"> | undefined {
  const limited = (atFault: AtFault, why: string): Omit<Judgement, "outcome"> => ({
    atFault,
    sentence: blaming(atFault, `The bots' own machine was the limit: ${why}`),
  });
  const { deaths } = ending;
  if (deaths.length > 0) {
    const atFault = deaths.some((death) => death.atFault === "script") ? "script" : "generator";
    return limited(atFault, `${deaths.map(({ how }) => how).join(", ")}; its bots are missing`);
  }
  const cpu = tally.figure("generator_cpu", "mean") ?? 0;
  const delay = tally.figure("generator_delay", "p99") ?? 0;
  const share = tally.figure("script_time", "mean") ?? 0;
  const why =
    cpu > MOST_CPU
      ? `a process that plays bots used ${round(cpu)} % of a core (more than ${MOST_CPU} %)`
      : `a process that plays bots woke ${round(delay)} ms late at its p99 (more than --max-delay ${round(options.maxDelayMs)}ms)`;
  if (cpu <= MOST_CPU && delay <= options.maxDelayMs) return undefined;
  if (options.script === undefined || share < MOST_SCRIPT) return limited("generator", why);
  return limited("script", `${why}, and ${options.script} itself took ${round(share)} % of the time`);
}

/** What the conditions that failed point at. */
function suspectOf(
  { options, tally, ending }: Evidence,
  failed: readonly Check[],
): { readonly atFault: AtFault; readonly what: string } | undefined {
  // A server that was not there for a while has lost what it knew: that its clients lost it is not the line's fault.
  const troubles = ending.wasServerDown
    ? tally.troubles.map((trouble) =>
        trouble.atFault === "line" ? { ...trouble, atFault: "server" as const } : trouble,
      )
    : tally.troubles;
  const isAboutBots = failed.some(({ metric }) => TOLD_BY_TROUBLES.includes(metric));
  if (isAboutBots && troubles.length > 0) {
    const atFault = mostOften(troubles);
    const said = troubles.filter((trouble) => trouble.atFault === atFault).slice(0, MOST_TOLD);
    const was = ending.wasServerDown && atFault === "server" ? "It was not there for a while. " : "";
    return { atFault, what: was + said.map(({ reason, times }) => `${counted(times, "time")}: ${reason}`).join("; ") };
  }
  const [metric] = failed.map((check) => check.metric).filter((name) => !TOLD_BY_TROUBLES.includes(name));
  if (metric?.startsWith("generator_")) return { atFault: "generator", what: `${metric} is a figure of this machine` };
  if (metric?.startsWith("server_")) return { atFault: "server", what: `${metric} is what it says of itself` };
  if (options.network !== undefined)
    return { atFault: "line", what: `The bots are behind --net ${options.network}, which is in all times` };
  return undefined;
}

/** Conditions on what becomes of bots; the others are on how fast something was. */
const TOLD_BY_TROUBLES: readonly string[] = [
  "joins",
  "join_failures",
  "lost",
  "not_in_step",
  "script_errors",
  "hash_checks",
];

/** The party with the most troubles. */
function mostOften(troubles: readonly Times[]): AtFault {
  const sums = new Map<AtFault, number>();
  for (const { atFault, times } of troubles) sums.set(atFault, (sums.get(atFault) ?? 0) + times);
  return [...sums].sort(([, a], [, b]) => b - a)[0]![0];
}
