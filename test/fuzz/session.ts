/** A server, a match in it that is left alone for a while, and then every kind of fuzzing, one after the other. */
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import type { Kind } from "./fuzz-case.ts";
import { type Finding, Fuzzer, type Outcome } from "./fuzzer.ts";
import type { FuzzOptions } from "./options.ts";
import { DESYNC, WatchedServer } from "./watched-server.ts";

const UNDISTURBED_MS = 3000;
const FOLDER = "artifacts";

export interface FuzzSession {
  /** How late the ticks were before anything was tried, in milliseconds. */
  readonly undisturbed: readonly number[];
  readonly outcomes: readonly Outcome[];
}

export async function fuzz(
  { seconds, only, seed, case: one }: FuzzOptions,
  say: (line: string) => void,
): Promise<FuzzSession> {
  const server = await WatchedServer.start();
  try {
    await server.look();
    server.takeLateness();
    await after(UNDISTURBED_MS);
    await server.look();
    const undisturbed = server.takeLateness();
    say(`undisturbed: ${showTicks(undisturbed)}`);
    const outcomes: Outcome[] = [];
    for (const kind of only) {
      const outcome = await new Fuzzer(server, kind, seed).run(seconds, one, one === undefined ? undefined : 1);
      outcomes.push(outcome);
      say(`${kind}: seed ${seed}, ${showOutcome(outcome, seconds)}`);
      for (const finding of outcome.findings) say(showFinding(finding, seed));
    }
    return { undisturbed, outcomes };
  } finally {
    await server.stop();
  }
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`;

export function p99(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY;
}

const showTicks = (lateness: readonly number[]): string =>
  `ticks late by p99 ${p99(lateness).toFixed(1)} ms, ${Math.max(...lateness).toFixed(1)} ms at most (${lateness.length})`;

function showOutcome({ cases, lateness, memoryBytes, grownBytes, findings }: Outcome, seconds: number): string {
  const speed = `${cases} cases, ${(cases / seconds).toFixed(0)} a second`;
  const memory = `memory ${megabytes(memoryBytes)}, then ${megabytes(grownBytes)} more`;
  return `${speed}; ${showTicks(lateness)}; ${memory}; ${findings.length === 0 ? "nothing found" : "FOUND:"}`;
}

/** Saves a finding, and tells how to see it again. */
function showFinding({ kind, wrong, number, pieces, on }: Finding, seed: number): string {
  const file = `${FOLDER}/fuzz-${kind}-${seed}-${number ?? "batch"}.json`;
  mkdirSync(FOLDER, { recursive: true });
  const text = pieces.map((piece) => Buffer.from(piece).toString("base64"));
  writeFileSync(file, JSON.stringify({ wrong, kind, on, seed, number, base64: text }, undefined, 2));
  const again = number === undefined ? "no case did it alone" : againWith(kind, seed, number);
  const shown = pieces.slice(0, 4).map((piece) => JSON.stringify(Buffer.from(piece).toString("latin1").slice(0, 200)));
  const report = wrong === DESYNC ? `\n    the server's report: npm run desync -- ${FOLDER}/tag-*.phx` : "";
  return `  ${wrong}\n    again: ${again}\n    in ${file}, shrunk: ${shown.join(" ")}${report}`;
}

const againWith = (kind: Kind, seed: number, number: number): string =>
  `npm run fuzz -- --only ${kind} --seed ${seed} --case ${number}`;
