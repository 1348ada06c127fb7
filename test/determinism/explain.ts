/**
 * The explanation of "these hashes differ": the tick, the fields, both values, and the line that is likely at fault.
 */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { ask, type Engine } from "./engine.ts";
import type { Match, Write } from "./inside/jobs.ts";

const MOST_FIELDS = 5;
const LIMIT_MS = 60_000;

const titleOf = ({ version, name }: Engine): string => `${name.replace(/ \d+$/, "")} ${version}`;

export interface Explained {
  readonly sentences: string;
  /** The recording of the match up to the tick that differs, in hex; of one that differs from the beginning, all of it. */
  readonly file: string;
}

/**
 * Some sentences about the first difference of a match, for somebody who writes games.
 *
 * @param at index of the first hash that differs: 0 is the world that `setup` made, n the world after tick n - 1.
 */
export async function explainMatch(reference: Engine, engine: Engine, match: Match, at: number): Promise<Explained> {
  const { game, seed } = match;
  const tick = at === 0 ? undefined : at - 1;
  const question = { match, ...(tick === undefined ? {} : { tick }) };
  const [ours, theirs] = await Promise.all([
    ask(reference, "trace", question, LIMIT_MS),
    ask(engine, "trace", question, LIMIT_MS),
  ]);
  const fields = await ask(reference, "diff", { game, a: ours.snapshot, b: theirs.snapshot }, LIMIT_MS);
  const names = { reference: titleOf(reference), engine: titleOf(engine) };
  const step = { match, tick: at, ...names, snapshot: theirs.snapshot };
  const file = tick === undefined ? match.recording : await ask(reference, "report", step, LIMIT_MS);
  const where = tick === undefined ? "in setup, before tick 0" : `at tick ${tick}`;
  const sentences = [
    `${game}, seed ${seed}, ${where}: ${titleOf(engine)} comes to another world than ${titleOf(reference)}.`,
    ...fields
      .slice(0, MOST_FIELDS)
      .map(({ path, a, b }) => `  ${path}: ${a} on ${titleOf(reference)}, ${b} on ${titleOf(engine)}`),
    ...(fields.length > MOST_FIELDS ? [`  and ${fields.length - MOST_FIELDS} or more other fields`] : []),
    `  ${tick === undefined ? "likely in setup" : likely(ours.writes, theirs.writes)}`,
    engine.name === "Built page"
      ? "  A build renames functions and classes and drops what nobody uses: rules must not look at names, text or calls."
      : "  Rules may use + - * / %, Math.sqrt, floor and the like, and sin, cos, pow ... of the engine's index.ts only.",
    `  Again: npm run determinism -- ${game} --engines ${JSON.stringify(engine.name)} --inputs 0`,
  ].join("\n");
  return { sentences, file };
}

/** The line of the first write that is not the same on both. */
function likely(ours: readonly Write[], theirs: readonly Write[]): string {
  const first = ours.find(({ path, value }, i) => path !== theirs[i]?.path || value !== theirs[i].value);
  if (first === undefined) return "no write of the tick differs: likely another number of calls of random";
  if (first.line === undefined) return `likely where ${first.path} is written`;
  const [file, number] = first.line.split(/:(?=\d+$)/) as [string, string];
  return `likely ${relative(process.cwd(), file)}:${number}: ${sourceLine(file, Number(number))}`;
}

function sourceLine(file: string, number: number): string {
  try {
    return readFileSync(file, "utf8").split("\n")[number - 1]!.trim();
  } catch {
    return "(the file cannot be read)";
  }
}

/** The first input of a block on which a function differs. */
export async function explainBlock(reference: Engine, engine: Engine, name: string, block: number): Promise<string> {
  const [ours, theirs] = await Promise.all([
    ask(reference, "block", { name, block }, LIMIT_MS),
    ask(engine, "block", { name, block }, LIMIT_MS),
  ]);
  const index = ours.findIndex((row, i) => row !== theirs[i]);
  if (index < 0) return `${name}, block ${block}: results differ in bits that no text shows (the payload of a NaN).`;
  const result = theirs[index]!.split(" = ")[1];
  return `${ours[index]} on ${titleOf(reference)}, ${result} on ${titleOf(engine)} (block ${block}, input ${index}).`;
}
