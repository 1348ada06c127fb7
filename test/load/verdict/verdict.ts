/** The verdict on a run: which of its conditions held, and the exit code. */

import type { Options } from "../options/options.ts";
import { type Assertion, holds } from "./assertions.ts";
import type { AtFault } from "./at-fault.ts";
import { judge } from "./judge.ts";
import { type Check, type Ending, EXIT_CODES, INTERRUPT_CODES, type Outcome } from "./outcome.ts";
import type { Tally } from "./tally.ts";

export interface Verdict {
  readonly outcome: Outcome;
  readonly exitCode: number;
  /** Whose fault it is that it did not pass; undefined: nobody's, or nothing that was measured shows whose. */
  readonly atFault: AtFault | undefined;
  /** Says what did not hold, who is at fault, and what to do. */
  readonly sentence: string;
  readonly checks: readonly Check[];
}

/** What every run has to show, without being asked. */
function expected({ verify }: Options): readonly (readonly [string, string])[] {
  const hashes = [
    ["hash_mismatches==0", "no world differed from the server's"],
    ["hash_checks>0", "worlds were compared at all"],
  ] as const;
  return [
    ...(verify === "hash" ? hashes : []),
    ["joins>0", "somebody came into step"],
    ["script_errors==0", "what plays the bots never failed"],
    ["lost==0", "nobody was thrown out, and whose connection was killed kept the seat"],
    ["not_in_step==0", "at the end every bot is in step, the killed ones too"],
  ];
}

function expectedChecks(options: Options, tally: Tally): Check[] {
  return expected(options).map(([condition, about]) => {
    const [, metric, operator, digits] = /^(\w+)(==|>)(\d+)$/.exec(condition)!;
    const value = tally.figure(metric!)!;
    const isMet = operator === "==" ? value === Number(digits) : value > Number(digits);
    return { metric: metric!, text: `${condition} (${about})`, value, unit: "", isMet };
  });
}

function assertionCheck(assertion: Assertion, tally: Tally): Check {
  const { text, metric, stat, unit } = assertion;
  const value = tally.figure(metric, stat);
  return { metric, text, value, unit, isMet: holds(assertion, value) };
}

export function verdictOf(options: Options, tally: Tally, ending: Ending): Verdict {
  const asserted = options.assertions.map((assertion) => assertionCheck(assertion, tally));
  const checks = [...asserted, ...expectedChecks(options, tally)];
  const { outcome, atFault, sentence } = judge({ options, tally, checks, ending });
  const exitCode = ending.interrupted === undefined ? EXIT_CODES[outcome] : INTERRUPT_CODES[ending.interrupted];
  return { outcome, exitCode, atFault, sentence, checks };
}
