/** The report of a run, in plain JSON: the other reports are drawn from it. */
import type { Machine } from "../../bench/machine.ts";
import { LATENESS_STEPS } from "../bots/messages.ts";
import type { Options } from "../options/options.ts";
import type { ServerTally } from "../server/server-tally.ts";
import { type DesyncFinding, findingOf } from "../verdict/desync-finding.ts";
import { COUNT_NAMES, type CountName, DISTRIBUTION_NAMES, type DistributionName } from "../verdict/metrics.ts";
import type { Ending } from "../verdict/outcome.ts";
import type { Second } from "../verdict/second.ts";
import type { Tally } from "../verdict/tally.ts";
import { type Verdict, verdictOf } from "../verdict/verdict.ts";
import type { Summary } from "./histogram.ts";

export interface Report {
  readonly verdict: Verdict;
  readonly command: string;
  readonly seed: number;
  readonly plan: Plan;
  readonly environment: Environment;
  readonly distributions: Partial<Record<DistributionName, Summary>>;
  readonly counts: Readonly<Record<CountName, number>>;
  readonly server: ReturnType<ServerTally["summary"]>;
  readonly seconds: readonly Second[];
  /** Upper ends of the classes of lateness in milliseconds; the last class is what is later. */
  readonly latenessSteps: readonly number[];
  readonly rooms: readonly { readonly id: string; readonly frames: readonly number[] }[];
  readonly slowestJoins: Tally["slowestJoins"];
  readonly rejoins: Tally["rejoins"];
  readonly desyncs: Tally["desyncs"];
  /** What the server wrote about the first of them, if it is ours. */
  readonly finding: DesyncFinding | undefined;
  /** What went wrong for bots, whose fault it was, and how often; the most frequent first. */
  readonly troubles: Tally["troubles"];
}

type Secret = "token" | "tokenSecret" | "tokenAudience" | "tokenScript";

type Plan = Omit<Options, "kind" | "game" | "assertions" | "files" | Secret> & {
  readonly game: string;
  /** Where the bots' tokens came from. What opens a server has no place in a report. */
  readonly tokens: "none" | "fixed" | "signed" | "script";
  readonly usedProcesses: number;
};

export interface Environment extends Omit<Machine, "command"> {
  readonly phalanx: string;
  readonly colyseus: string;
}

export interface RunResult {
  readonly options: Options;
  readonly processes: number;
  readonly tally: Tally;
  readonly server: ServerTally;
  readonly ending: Ending;
  readonly environment: Environment;
  readonly command: string;
}

function tokensOf({ token, tokenSecret, tokenScript }: Options): Plan["tokens"] {
  if (tokenScript !== undefined) return "script";
  if (token !== undefined) return "fixed";
  return tokenSecret === undefined ? "none" : "signed";
}

export function reportOf({ options, processes, tally, server, ending, environment, command }: RunResult): Report {
  const [first] = tally.desyncs;
  const { kind: _kind, game, assertions: _assertions, files: _files, ...rest } = options;
  const { token: _token, tokenSecret: _secret, tokenAudience: _audience, tokenScript: _script, ...plan } = rest;
  return {
    verdict: verdictOf(options, tally, ending),
    command,
    seed: options.seed,
    plan: { ...plan, game: game.name, tokens: tokensOf(options), usedProcesses: processes },
    environment,
    distributions: Object.fromEntries(
      DISTRIBUTION_NAMES.flatMap((name) => {
        const summary = tally.histogram(name).summary();
        return summary === undefined ? [] : [[name, summary]];
      }),
    ),
    counts: Object.fromEntries(COUNT_NAMES.map((name) => [name, tally.count(name)])) as Record<CountName, number>,
    server: server.summary(),
    seconds: tally.seconds,
    latenessSteps: LATENESS_STEPS,
    rooms: [...tally.rooms].map(([id, frames]) => ({ id, frames })),
    slowestJoins: tally.slowestJoins,
    rejoins: tally.rejoins,
    desyncs: tally.desyncs,
    finding: first === undefined || options.url !== undefined ? undefined : findingOf(options.game.name, first.room),
    troubles: tally.troubles,
  };
}
