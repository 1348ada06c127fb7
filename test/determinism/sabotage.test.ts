/** The comparison of engines finds what it is for: engine-dependent games are named with game, tick, path and line. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyGame } from "../../shared/engine/game/game.ts";
import { rerun } from "../../shared/recording/rerun.ts";
import { verify } from "../../shared/recording/verify.ts";
import { opened } from "../kit/memory/memory-recording.ts";
import { type Outcome, runDeterminism } from "./determinism.ts";
import { type EngineKind, TimeLimit } from "./engine.ts";
import { ENGINES } from "./engines.ts";
import { games } from "./games/engine-dependent-games.ts";
import { isFailure, printOutcome } from "./print.ts";

const DEPENDENT = "test/determinism/games/engine-dependent-games.ts";
const UNUSABLE = "test/determinism/games/unusable-games.ts";
/** So long takes only what hangs. */
const LIMIT_MS = 180_000;
const folder = mkdtempSync(join(tmpdir(), "phalanx-differences-"));
afterAll(() => rmSync(folder, { recursive: true }));
const plan = { ticks: 400, blocks: 1, atOnce: 2, limitMs: LIMIT_MS, engines: [], folder };
const quickjs = ENGINES.filter(({ name }) => name === "QuickJS");

const lineOf = (code: string): number =>
  readFileSync(DEPENDENT, "utf8")
    .split("\n")
    .findIndex((line) => line.includes(code)) + 1;

describe("games that depend on the engine, on V8 and QuickJS", () => {
  let outcome: Outcome;
  let told: string;
  const about = (subject: string): string =>
    outcome.comparisons[0]!.differences.find((difference) => difference.startsWith(subject)) ?? "";
  beforeAll(async () => {
    outcome = await runDeterminism({ ...plan, sources: { games: DEPENDENT, functions: DEPENDENT }, engines: quickjs });
    told = printOutcome(outcome);
  });

  it("fail the run", () => {
    expect(isFailure(outcome, false), told).toBe(true);
    expect(outcome.comparisons[0]!.differences, told).toHaveLength(5);
  });

  it("by Math.sin: tick, path, both values and the line", () => {
    const text = about("by-sine");
    expect(text).toMatch(/^by-sine, seed 1, at tick \d+: QuickJS .* comes to another world than Node /);
    expect(text).toMatch(/\n {2}walkers\[2\]\.angle: -?0\.\d+ on Node .*, -?0\.\d+ on QuickJS/);
    expect(text).toContain('Again: npm run determinism -- by-sine --engines "QuickJS"');
    expect(text).toContain(`likely ${DEPENDENT}:${lineOf("walker.angle = Math.sin")}: `);
  });

  it("with a recording up to there, which says what differs", () => {
    const [, file] = /To look at: npm run replay -- info (\S+),/.exec(about("by-sine"))!;
    const recording = opened(readFileSync(file!));
    const differing = /at tick (\d+)/.exec(about("by-sine"))![1];
    expect([recording.isWhole, recording.endTick]).toEqual([true, Number(differing) + 1]);
    const { report } = recording;
    expect(report).toMatchObject({ culprit: "rules", tick: Number(differing) + 1 });
    expect(report!.engines.client).toMatch(/^QuickJS /);
    expect(report!.differences[0]!.path).toMatch(/^walkers\[\d\]\.angle$/);
    const game = (games as readonly AnyGame[]).find(({ name }) => name === "by-sine")!;
    expect(verify(game, recording)).toMatchObject({ divergence: undefined, fault: undefined });
    const again = rerun(game, recording);
    expect(again).toMatchObject({ differences: report!.differences });
  });

  it("with a recording of the whole match, where there is no such step", () => {
    for (const subject of ["by-locale", "in-setup"]) {
      const [, name] = /To look at: npm run replay -- info (\S+),/.exec(about(subject))!;
      const recording = opened(readFileSync(name!));
      expect([recording.isWhole, recording.head.game, recording.head.seed]).toEqual([true, subject, 1]);
      expect(recording.report).toBeUndefined();
    }
  });

  it("by a comparator that answers true or false", () => {
    const text = about("by-boolean-sort");
    expect(text).toMatch(/at tick 5: [\s\S]*\n {2}order\[\d\]: \d on Node .*, \d on QuickJS/);
    expect(text).toContain(`likely ${DEPENDENT}:${lineOf("state.order = [")}: `);
  });

  it("by rules that throw on one engine only", () => {
    expect(about("by-locale")).toMatch(/QuickJS .* stops where this Node goes on, in tick 3: no locale here\n/);
  });

  it("in setup", () => {
    expect(about("in-setup")).toMatch(/in setup, before tick 0: [\s\S]*likely in setup/);
  });

  it("and a function, with the input", () => {
    expect(about("sine(")).toMatch(/^sine\(-?[\d.]+\) = -?0\.\d+ on Node .*, -?0\.\d+ on QuickJS .* \(block 0, input/);
  });
});

describe("games that depend on how they are built", () => {
  it("are named by the built page, on the very same engine", async () => {
    const builtPage = ENGINES.filter(({ name }) => name === "Built page");
    const sources = { games: "test/determinism/games/build-dependent-games.ts", functions: UNUSABLE };
    const outcome = await runDeterminism({ ...plan, sources, engines: builtPage });
    const [comparison] = outcome.comparisons;
    expect(isFailure(outcome, false), printOutcome(outcome)).toBe(true);
    expect(comparison!.differences.map((text) => text.split(",")[0])).toEqual(["by-function-name", "by-pure-comment"]);
    const [byName] = comparison!.differences;
    expect(byName).toMatch(/at tick 0: Built page .* comes to another world than Node /);
    expect(byName).toMatch(/\n {2}mood: (standing|walking) on Node .*, \w* on Built page/);
    expect(byName).toContain("likely test/determinism/games/build-dependent-games.ts:");
    expect(byName).toContain("A build renames functions and classes");
  });
});

describe("games that cannot be compared get a sentence, not a hang", () => {
  const run = (game: string, limitMs = LIMIT_MS): Promise<Outcome> =>
    runDeterminism({ ...plan, game, limitMs, sources: { games: UNUSABLE, functions: UNUSABLE } });

  it("rules that throw in tick 0", async () => {
    await expect(run("throwing")).rejects.toThrow("throwing cannot be compared: tick 0: a rule that fails");
  });

  it("a step of 100 ms", async () => {
    await expect(run("slow")).rejects.toThrow(
      /^slow cannot be compared: tick \d+: a tick takes \d{3} ms, and at most 10/,
    );
  });

  it("an endless loop", async () => {
    await expect(run("endless", 2000)).rejects.toThrow(
      /asked to play a match of endless \(seed 1\): gave no answer within 2 s/,
    );
  });

  it("a world that never changes", async () => {
    await expect(run("frozen")).rejects.toThrow("frozen: the state never changed; nothing was compared.");
  });

  it("a name that is not on the shelf", async () => {
    await expect(run("chess")).rejects.toThrow(`There is no game "chess" in ${UNUSABLE}; there are throwing, slow,`);
  });

  it("a shelf that cannot be built", async () => {
    const sources = { games: "test/determinism/no-such-games.ts", functions: UNUSABLE };
    await expect(runDeterminism({ ...plan, sources })).rejects.toThrow(
      /^The games of .*no-such-games\.ts cannot be built; mend what follows/,
    );
  });

  it("a game that is refused when it is defined", async () => {
    const sources = { games: "test/determinism/games/undefinable-game.ts", functions: UNUSABLE };
    await expect(runDeterminism({ ...plan, sources })).rejects.toThrow(
      /asked to load the games: GameError: undefinable\.tickRate: 1000 must be a whole number/,
    );
  });

  it("an engine that never answers", async () => {
    const stuck: EngineKind = {
      name: "Stuck",
      advice: "",
      open: async () => ({
        name: "Stuck",
        version: "1.0",
        jobsAtOnce: 1,
        run: (_job, limitMs) => Promise.reject(new TimeLimit(limitMs)),
        close: () => Promise.resolve(),
      }),
    };
    const sources = { games: DEPENDENT, functions: UNUSABLE };
    const outcome = await runDeterminism({ ...plan, game: "by-sine", sources, engines: [stuck] });
    expect(printOutcome(outcome)).toMatch(
      /Stuck 1\.0, asked to replay a match of by-sine \(seed 1\): gave no answer within \d+ s/,
    );
    expect(isFailure(outcome, false)).toBe(true);
  });

  it("an engine that is not here", async () => {
    const nowhere: EngineKind = {
      name: "Nowhere",
      advice: "apt-get install nowhere",
      open: () => Promise.reject(new Error("no such program")),
    };
    const outcome = await runDeterminism({
      ...plan,
      game: "by-sine",
      engines: [nowhere],
      sources: { games: DEPENDENT, functions: UNUSABLE },
    });
    expect(printOutcome(outcome)).toContain("Nowhere: missing (no such program; to have it: apt-get install nowhere)");
    expect(isFailure(outcome, true)).toBe(true);
  });
});
