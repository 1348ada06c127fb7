/** Section: the deterministic functions beside those of the engine, which differ between browsers. */
import { acos, asin, atan2, cos, exp, hypot, log, pow, sin, tan } from "../../shared/engine/index.ts";
import { inTurns } from "./in-turns.ts";
import { floorOf, type Row, type Section } from "./row.ts";

const REPETITIONS = 11;
const INPUTS = 4096;
const ROUNDS = 12;

type Binary = (a: number, b: number) => number;

/** What games ask for: angles of a few turns, lengths of a few thousand units. */
const ANGLES = Float64Array.from({ length: INPUTS }, (_, i) => ((i * 0.618) % 1) * 25 - 12.5);
const LENGTHS = Float64Array.from({ length: INPUTS }, (_, i) => ((i * 0.414) % 1) * 4000 + 0.001);
const SHARES = Float64Array.from({ length: INPUTS }, (_, i) => ((i * 0.732) % 1) * 2 - 1);

/** Keeps results alive, so that the compiler cannot leave the calls out. */
let sum = 0;

let loops = 0;

/**
 * Every function gets a loop with a call site of its own, as in a game. The number in the source matters: V8 gives
 * functions of the same source text one feedback, and a call site that saw several functions inlines none.
 */
function nanosOf(fn: Binary, a: Float64Array, b: Float64Array): () => number {
  loops++;
  const loop = new Function(
    "fn",
    "a",
    "b",
    `/* ${loops} */ let sum = 0; for (let i = 0; i < a.length; i++) sum += fn(a[i], b[i]); return sum;`,
  ) as (fn: Binary, a: Float64Array, b: Float64Array) => number;
  return () => {
    const start = performance.now();
    for (let i = 0; i < ROUNDS; i++) sum += loop(fn, a, b);
    return ((performance.now() - start) * 1e6) / (ROUNDS * INPUTS);
  };
}

async function compare(name: string, ours: Binary, theirs: Binary, a: Float64Array, b = a): Promise<Row> {
  const samples = await inTurns(REPETITIONS, { ours: nanosOf(ours, a, b), theirs: nanosOf(theirs, a, b) });
  return {
    name,
    unit: "ns",
    ours: samples.spread("ours"),
    floor: floorOf(`Math.${name}`, samples.of("theirs"), samples.of("ours")),
    about: "one call, and what the loop around it costs",
  };
}

export async function measureMath(): Promise<Section> {
  const rows = [
    await compare("sin", sin, Math.sin, ANGLES),
    await compare("cos", cos, Math.cos, ANGLES),
    await compare("tan", tan, Math.tan, ANGLES),
    await compare("atan2", atan2, Math.atan2, ANGLES, LENGTHS),
    await compare("asin", asin, Math.asin, SHARES),
    await compare("acos", acos, Math.acos, SHARES),
    await compare("hypot", hypot, Math.hypot, ANGLES, LENGTHS),
    await compare("exp", exp, Math.exp, ANGLES),
    await compare("log", log, Math.log, LENGTHS),
    await compare("pow", pow, Math.pow, LENGTHS, SHARES),
  ];
  if (!Number.isFinite(sum)) throw new Error("a result was not a number");
  return { title: "deterministic math, per call", rows };
}
