/** A JavaScript engine that answers jobs, whatever starts it. */
import type { BuiltAs, Bundle } from "./bundle.ts";
import type { Jobs, Kind, Match, Reply } from "./inside/jobs.ts";

export interface Engine {
  readonly name: string;
  readonly version: string;
  /** How many jobs it can do at one time. */
  readonly jobsAtOnce: number;
  /** Gives a job to the bundle's `answer`. Rejects when there is no reply within the limit. */
  run(job: string, limitMs: number): Promise<string>;
  close(): Promise<void>;
}

/** How to start an engine. */
export interface EngineKind {
  readonly name: string;
  /** What to do when this machine has none. */
  readonly advice: string;
  /** As players of a page get the rules, or as whatever runs their files does; left out: as files. */
  readonly builtAs?: BuiltAs;
  /** @throws Error that says why when this machine has none. */
  open(bundle: Bundle): Promise<Engine>;
}

/** No reply in time. */
export class TimeLimit extends Error {
  constructor(limitMs: number) {
    super(`gave no answer within ${Math.round(limitMs / 1000)} s`);
  }
}

/**
 * Asks an engine.
 *
 * @throws Error that names the engine and the job when the engine fails, or throws, or takes too long.
 */
export async function ask<K extends Kind>(
  engine: Engine,
  kind: K,
  question: Jobs[K]["question"],
  limitMs: number,
): Promise<Jobs[K]["answer"]> {
  let reply: Reply<K>;
  try {
    reply = JSON.parse(await engine.run(JSON.stringify({ kind, question }), limitMs)) as Reply<K>;
  } catch (error) {
    throw new Error(
      `${engine.name} ${engine.version}, asked to ${told(kind, question)}: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
  if ("thrown" in reply)
    throw new Error(`${engine.name} ${engine.version}, asked to ${told(kind, question)}, threw: ${reply.thrown}`);
  return reply.answer;
}

const VERBS: Readonly<Record<Kind, string>> = {
  shelf: "load the games",
  record: "play a match of",
  replay: "replay a match of",
  trace: "trace a tick of",
  diff: "compare snapshots of",
  report: "report a step of",
  math: "compute",
  block: "tell a block of",
};

/** Such as `replay a match of arena (seed 3)`. */
function told(kind: Kind, question: Jobs[Kind]["question"]): string {
  const { game, match, seed, name } = {
    ...(question as { game?: string; match?: Match; seed?: number; name?: string }),
  };
  const subject = game ?? name ?? match?.game ?? "";
  return `${VERBS[kind]} ${subject}${seed === undefined ? "" : ` (seed ${seed})`}`.trim();
}
