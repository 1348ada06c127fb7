/** The whole run: build, record on this Node, then let every engine that is here step the same frames. */
import { buildBundle, type Sources } from "./bundle.ts";
import { type Comparison, compare, type Recording, type Truth } from "./compare.ts";
import { ask, type Engine, type EngineKind } from "./engine.ts";
import { thisNode } from "./engines.ts";
import { inParallel } from "./in-parallel.ts";
import type { Jobs, MatchPlan } from "./inside/jobs.ts";

/** A match of this many ticks is one job. */
export const TICKS_PER_MATCH = 5000;
const RECORD_LIMIT_MS = 60_000;

export interface Plan {
  readonly sources: Sources;
  /** Only this game; all when left out. */
  readonly game?: string;
  /** At least so many in all, shared out evenly between the games, in whole matches. */
  readonly ticks: number;
  /** Blocks of inputs for each function. */
  readonly blocks: number;
  readonly engines: readonly EngineKind[];
  /** The folder for recordings of matches that differ. */
  readonly folder: string;
  /** Engines that run at one time. */
  readonly atOnce: number;
  /** For each engine. */
  readonly limitMs: number;
}

export interface Missing {
  readonly name: string;
  readonly reason: string;
}

export interface Outcome {
  readonly games: readonly string[];
  /** In the plan's order, without the missing ones. */
  readonly comparisons: readonly Comparison[];
  readonly missing: readonly Missing[];
}

/**
 * Runs the plan.
 *
 * @param onDone called for each engine as soon as it is through.
 * @throws Error with a sentence when a game cannot be built, recorded, or proves nothing.
 */
export async function runDeterminism(
  plan: Plan,
  onDone: (done: Comparison | Missing) => void = () => {},
): Promise<Outcome> {
  const files = await buildBundle(plan.sources, "files");
  const page = plan.engines.some(({ builtAs }) => builtAs === "page")
    ? await buildBundle(plan.sources, "page")
    : undefined;
  try {
    const truth = await establish(plan, await thisNode().open(files));
    const done = await inParallel(plan.atOnce, plan.engines, async (kind) => {
      const bundle = kind.builtAs === "page" ? page! : files;
      const result = await runEngine(truth, plan, () => kind.open(bundle), kind);
      onDone(result);
      return result;
    });
    return {
      games: [...new Set(truth.recordings.map(({ match }) => match.game))],
      comparisons: done.filter((result) => "ticks" in result),
      missing: done.filter((result) => "reason" in result),
    };
  } finally {
    await Promise.all([files.remove(), page?.remove()]);
  }
}

async function runEngine(
  truth: Truth,
  plan: Plan,
  open: () => Promise<Engine>,
  { name, advice }: EngineKind,
): Promise<Comparison | Missing> {
  let engine: Engine;
  try {
    engine = await open();
  } catch (error) {
    return { name, reason: `${(error as Error).message.split("\n")[0]}; to have it: ${advice}` };
  }
  const comparison = await compare(truth, engine, plan.limitMs);
  await engine.close();
  return comparison;
}

async function establish(plan: Plan, engine: Engine): Promise<Truth> {
  const shelf = await ask(engine, "shelf", null, RECORD_LIMIT_MS);
  const games = shelf.games.filter(({ name }) => plan.game === undefined || plan.game === name);
  if (games.length === 0)
    throw new Error(
      `There is no game "${plan.game}" in ${plan.sources.games}; there are ${shelf.games.map(({ name }) => name).join(", ")}.`,
    );
  const matches = plansOf(
    games.map(({ name }) => name),
    plan.ticks,
  );
  const limitMs = Math.min(plan.limitMs, RECORD_LIMIT_MS);
  const recordings = await inParallel(plan.atOnce, matches, (match) => recordMatch(engine, match, limitMs));
  for (const { name, minSeats } of games)
    demandEvidence(
      name,
      minSeats,
      recordings.filter(({ match }) => match.game === name),
    );
  const known = new Map<string, Promise<string>>();
  return {
    engine,
    recordings,
    functions: shelf.functions,
    blocks: plan.blocks,
    folder: plan.folder,
    math(name) {
      const hashes = known.get(name) ?? ask(engine, "math", { name, blocks: plan.blocks }, RECORD_LIMIT_MS);
      known.set(name, hashes);
      return hashes;
    },
  };
}

/** Whole matches, the same number for each game; game by game in turn. */
export function plansOf(games: readonly string[], ticks: number): MatchPlan[] {
  const perMatch = Math.min(TICKS_PER_MATCH, Math.ceil(ticks / games.length));
  const matches = Math.ceil(ticks / (perMatch * games.length));
  return Array.from({ length: matches }, (_, i) =>
    games.map((game) => ({ game, seed: i + 1, ticks: perMatch })),
  ).flat();
}

async function recordMatch(engine: Engine, plan: MatchPlan, limitMs: number): Promise<Jobs["record"]["answer"]> {
  const recording = await ask(engine, "record", plan, limitMs);
  if (recording.stopped !== undefined)
    throw new Error(
      `${plan.game} cannot be compared: ${recording.stopped} (seed ${plan.seed}). Mend it and run again.`,
    );
  return recording;
}

/** Equal hashes of a match in which nothing happened prove nothing. */
function demandEvidence(
  game: string,
  minSeats: number,
  recordings: readonly (Recording & Jobs["record"]["answer"])[],
): void {
  const most = (pick: (evidence: Jobs["record"]["answer"]["evidence"]) => number): number =>
    Math.max(...recordings.map(({ evidence }) => pick(evidence)));
  if (most(({ held }) => held) < minSeats) throw new Error(`${game}: no match started; nothing was compared.`);
  if (most(({ acted }) => acted) === 0) throw new Error(`${game}: no seat ever acted; nothing was compared.`);
  if (most(({ states }) => states) < 2) throw new Error(`${game}: the state never changed; nothing was compared.`);
}
