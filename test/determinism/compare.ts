/** The comparison of one engine with the reference: it steps every recorded match and computes every function. */
import { ask, type Engine } from "./engine.ts";
import { explainBlock, explainMatch } from "./explain.ts";
import { inParallel } from "./in-parallel.ts";
import { firstDifference, hashCount } from "./inside/hex.ts";
import { type Hashes, INPUTS_PER_BLOCK, type Match } from "./inside/jobs.ts";
import { keepRecording } from "./keep-recording.ts";

/** For one match or function; a game that takes longer is a game that nobody can play there. */
const JOB_LIMIT_MS = 60_000;

export interface Recording extends Hashes {
  readonly match: Match;
}

/** What the reference says. */
export interface Truth {
  readonly engine: Engine;
  readonly recordings: readonly Recording[];
  readonly functions: readonly string[];
  readonly blocks: number;
  /** Where a match that differs is left as a recording, to be looked at. */
  readonly folder: string;
  /** Hashes of a function's blocks; computed once. */
  math(name: string): Promise<string>;
}

export interface Comparison {
  readonly name: string;
  readonly version: string;
  ticks: number;
  hashes: number;
  results: number;
  /** One text each; empty is what everybody wants. */
  readonly differences: string[];
  /** Why the comparison ended early: the engine failed, or took too long. */
  failure?: string;
  seconds: number;
}

/** Compares within a time limit; never throws. */
export async function compare(truth: Truth, engine: Engine, limitMs: number): Promise<Comparison> {
  const { name, version } = engine;
  const comparison: Comparison = { name, version, ticks: 0, hashes: 0, results: 0, differences: [], seconds: 0 };
  const began = performance.now();
  const left = (): number => {
    const milliseconds = Math.ceil(limitMs - (performance.now() - began));
    if (milliseconds > 0) return Math.min(milliseconds, JOB_LIMIT_MS);
    throw new Error(
      `${name} did not finish within ${limitMs / 1000} s: make the game's step faster, or give --seconds.`,
    );
  };
  try {
    await compareMatches(truth, engine, comparison, left);
    await compareFunctions(truth, engine, comparison, left);
  } catch (error) {
    comparison.failure = (error as Error).message;
  }
  comparison.seconds = (performance.now() - began) / 1000;
  return comparison;
}

/** The first difference of each game is told: the ones after it follow from it, or tell the same. */
async function compareMatches(truth: Truth, engine: Engine, to: Comparison, left: () => number): Promise<void> {
  const found = await inParallel(engine.jobsAtOnce, truth.recordings, async ({ match, hashes }) => {
    const theirs = await ask(engine, "replay", match, left());
    const at = firstDifference(hashes, theirs.hashes);
    const compared = at ?? hashCount(hashes);
    to.hashes += compared;
    to.ticks += Math.max(0, compared - 1);
    return at === undefined ? undefined : { match, at, theirs };
  });
  const told = new Set<string>();
  for (const difference of found) {
    if (difference === undefined || told.has(difference.match.game)) continue;
    told.add(difference.match.game);
    to.differences.push(await explain(truth, engine, difference));
  }
}

interface Difference {
  readonly match: Match;
  readonly at: number;
  readonly theirs: Hashes;
}

async function explain({ engine: reference, folder }: Truth, engine: Engine, found: Difference): Promise<string> {
  const { match, at, theirs } = found;
  if (theirs.stopped === undefined || at < hashCount(theirs.hashes)) {
    const { sentences, file } = await explainMatch(reference, engine, match, at);
    return `${sentences}\n${keepRecording(folder, { match, engine, file })}`;
  }
  const { game, seed } = match;
  return [
    `${game}, seed ${seed}: ${engine.name} ${engine.version} stops where this Node goes on, in ${theirs.stopped}`,
    keepRecording(folder, { match, engine, file: match.recording }),
  ].join("\n");
}

async function compareFunctions(truth: Truth, engine: Engine, to: Comparison, left: () => number): Promise<void> {
  const found = await inParallel(engine.jobsAtOnce, truth.functions, async (name) => {
    const ours = await truth.math(name);
    const block = firstDifference(ours, await ask(engine, "math", { name, blocks: truth.blocks }, left()));
    to.results += (block ?? truth.blocks) * INPUTS_PER_BLOCK;
    return block === undefined ? undefined : { name, block };
  });
  for (const difference of found)
    if (difference !== undefined)
      to.differences.push(await explainBlock(truth.engine, engine, difference.name, difference.block));
}
