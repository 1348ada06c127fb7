/** The house as ARCHITECTURE.md draws it: which file may import which, no cycles, nothing impure in `shared/`, short files. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { broken, folderGraph, importsIn, type Sources, unused } from "./architecture/judge.ts";
import { type Outside, ROWS } from "./architecture/rows.ts";
import { findCycle, stripComments } from "./kit/imports.ts";

const MOST_LINES = 250;

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });
const files = listed.split("\n").filter((path) => /\.(ts|mjs|css|html)$/.test(path) && existsSync(path));
const sources = files.filter((path) => path.endsWith(".ts"));
const text = (path: string): string => readFileSync(path, "utf8");

/** The sources that have rows: all but tests. */
const house: Sources = new Map(sources.filter((path) => !path.startsWith("test/")).map((path) => [path, text(path)]));
const all: Sources = new Map(sources.map((path) => [path, text(path)]));

describe("imports", () => {
  it("follow the rows, and nothing knows more of the world outside than its row says", () => {
    expect(broken(house, ROWS)).toEqual([]);
  });

  it("need everything that the rows allow", () => {
    expect(unused(house, ROWS)).toEqual([]);
  });

  it("of what is started by a command alone reach Colyseus's configuration, and of development alone the guards", () => {
    const to = (target: (path: string) => boolean): string[] =>
      [
        ...new Set(
          importsIn(house)
            .filter((one) => target(one.to))
            .map(({ from }) => from),
        ),
      ].sort();
    expect(to((path) => path === "colyseus.config.ts")).toEqual([
      "server/boot/processes.ts",
      "server/boot/worker.ts",
      "server/cli/desync.ts",
      "server/cli/replay.ts",
      "server/dev/dev-server.ts",
    ]);
    const isFromServer = (path: string): boolean => path.startsWith("server/");
    expect(to((path) => path.startsWith("guards/")).filter(isFromServer)).toEqual(["server/dev/dev-server.ts"]);
  });

  it("name files that exist, with their ending", () => {
    const lost = importsIn(all).filter(({ to, isLocal }) => isLocal && !existsSync(to));
    expect(lost.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("form no cycle of files, type imports included", () => {
    const graph = new Map<string, string[]>(sources.map((path) => [path, []]));
    for (const { from, to } of importsIn(all)) graph.get(from)!.push(to);
    expect(findCycle(graph)).toEqual([]);
  });

  it("form no cycle of folders, type imports included", () => {
    expect(findCycle(folderGraph(house, ROWS))).toEqual([]);
  });

  it("of the tests' kit go to no other folder of tests: it is the ground floor", () => {
    const up = importsIn(all).filter(({ from, to }) => from.startsWith("test/kit/") && /^test\/(?!kit\/)/.test(to));
    expect(up.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("would show a cycle if there were one", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["a"]],
    ]);
    expect(findCycle(graph)).toEqual(["a", "b", "c", "a"]);
  });
});

// The test of the test: whatever is planted, in whichever folder, turns it red.
describe.each(ROWS)("a file planted in $place", (row) => {
  const path = row.place.endsWith(".ts") ? row.place : `${row.place}/planted.ts`;
  const plant = (code: string): string[] => broken(new Map([[path, code]]), ROWS);
  const up = relative(dirname(path), ".") || ".";

  it("may import nothing but what its row says", () => {
    const strangers = ROWS.filter(({ place }) => {
      const isEngine = place.startsWith("shared/engine/") && row.local.includes("shared/engine/*");
      return place !== row.place && !row.local.includes(place) && !isEngine;
    });
    expect(strangers.length).toBeGreaterThan(20);
    for (const { place } of strangers) {
      const target = place.endsWith(".ts") ? place : `${place}/other.ts`;
      expect(plant(`import type { X } from "${up}/${target}";`)).toEqual([`${path} -> ${target}`]);
    }
    const packages = ["@colyseus/core", "@colyseus/sdk", "ws", "express", "node:fs", "left-pad"];
    for (const name of packages.filter((one) => !row.packages.includes(one.replace(/^node:.*/, "node:"))))
      expect(plant(`import "${name}";`)).toEqual([`${path} -> ${name}`]);
  });

  it("may know nothing of the world outside but what its row says", () => {
    const planted = { clock: "Date.now();", dom: "document.title;", process: "process.exit();" };
    for (const [what, code] of Object.entries(planted))
      expect(plant(code)).toEqual(row.knows.includes(what as Outside) ? [] : [`${path} knows the ${what}`]);
  });
});

describe("folders", () => {
  const MOST_FILES = 22;
  it("can be looked over at once", () => {
    const counts = new Map<string, number>();
    for (const path of house.keys()) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > MOST_FILES)).toEqual([]);
  });

  it("all have a row: a new one is not forgotten", () => {
    expect(broken(new Map([["server/attic/a.ts", ""]]), ROWS)).toEqual(["server/attic/a.ts has no row"]);
  });
});

// shared/games has a lint of its own: guards/lint.
describe("shared/engine/", () => {
  const BANNED =
    /\b(Date|performance|setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame|fetch|process|Buffer|window\.|document\.|console|globalThis|crypto|TextEncoder|TextDecoder|Intl|localStorage|navigator|require|async|await|Promise)\b/;
  const INEXACT =
    /\bMath\.(?!(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc)\b)\w+|[^*/]\*\*[^*/]|\blocaleCompare\b|\btoLocale\w+/;
  const USE_MATH = "is not the same on every machine; math/ has sin, cos, atan2, pow, PI and the others";
  const USE_TICK = "is not for what every machine must do alike: time and bytes are arguments";
  const pure = sources.filter((path) => path.startsWith("shared/engine/"));

  it.each(pure)("%s knows no clock, no DOM, no Node, no inexact math (R5, R12)", (path) => {
    const found = text(path)
      .split("\n")
      .flatMap((line, i) => {
        const code = stripComments(line.replace(/^\s*(\/?\*).*$/, ""));
        const inexact = INEXACT.exec(code)?.[0];
        const banned = BANNED.exec(code)?.[0];
        const advice = inexact === undefined ? USE_TICK : USE_MATH;
        return (inexact ?? banned) === undefined ? [] : [`${path}:${i + 1}: ${inexact ?? banned} ${advice}`];
      });
    expect(found).toEqual([]);
  });

  it("would be caught using them", () => {
    for (const line of ["Date.now()", "await x", "performance.now()"]) expect(BANNED.test(line)).toBe(true);
    for (const line of ["Math.sin(x)", "2 ** x", "Math.random()", "a.localeCompare(b)"])
      expect(INEXACT.test(line)).toBe(true);
    for (const line of ["Math.sqrt(x)", "Math.floor(x)", "x * y"]) expect(INEXACT.test(line)).toBe(false);
  });
});

// A clock that somebody sets back is no measure of how long something takes.
describe("the wall clock", () => {
  /** Where a moment is written down for people, or compared with one that comes from outside. */
  const MOMENTS = [
    "client-demo/app/chat/chat-list.ts",
    "server/base/log-output.ts",
    "server/cli/replay-words.ts",
    "server/identity/token-signing.ts",
    "server/journal/folder-lock.ts",
    "server/observe/desync-files.ts",
    "server/page/page-build.ts",
    "server/recordings/recording-name.ts",
    "server/recordings/recordings.ts",
    "server/rooms/chat-service.ts",
    "server/rooms/room-recording.ts",
  ];
  const WALL = /\bDate\.now\(|\bnew Date\b|\bDate\(\)/;
  const places = /^(server|client|client-demo|shared|test\/load)\//;

  it("is read for moments only, never for durations", () => {
    const found = sources.filter((path) => places.test(path) && WALL.test(stripComments(text(path))));
    expect(found.sort()).toEqual(MOMENTS);
  });
});

describe("files", () => {
  it(`have at most ${MOST_LINES} lines`, () => {
    const long = files.map((path) => `${path}: ${text(path).split("\n").length - 1}`);
    expect(long.filter((row) => Number(row.split(": ")[1]) > MOST_LINES)).toEqual([]);
  });

  it("open with one sentence that says what they are", () => {
    const silent = sources.filter((path) => !/^(#!.*\n)?\/\*\*/.test(text(path)));
    expect(silent.map((path) => `${path}: begin with one sentence in /** ... */`)).toEqual([]);
  });

  // A riddle says what a file is about only at its end: "How a session comes back" is "The reconnector".
  const RIDDLE =
    /^(#!.*\n)?\/\*\*[\s*]*(What|How|Who|Whom|Whose|Where|Which|When|Why|Whether|Of|From|Some(body|one|thing)|Every(body|thing)|(What|Who|Whom|Where|Which)ever)\b/;

  it("open with the noun that they are about", () => {
    const open = files.filter((path) => /\.(ts|mjs)$/.test(path) && RIDDLE.test(text(path)));
    expect(open.map((path) => `${path}: begin with the noun that the file is about`)).toEqual([]);
  });

  it("would be caught opening with a riddle", () => {
    for (const riddle of [
      "/** How it works. */",
      "/**\n * Whoever plays. */",
      "#!/usr/bin/env node\n/** Of which build. */",
    ])
      expect(RIDDLE.test(riddle)).toBe(true);
    for (const noun of ["/** The roster: who is in a room. */", "/** Whole numbers of six widths. */"])
      expect(RIDDLE.test(noun)).toBe(false);
  });

  it("are named in kebab-case", () => {
    const odd = sources.filter((path) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.test|\.config)?\.ts$/.test(path));
    expect(odd).toEqual([]);
  });

  it("are barrels in two places only", () => {
    const barrels = sources.filter(
      (path) => /^export (\*|\{[^}]*\}) from/m.test(text(path)) && /(^|\/)index\.ts$/.test(path),
    );
    expect(barrels).toEqual(["shared/engine/index.ts"]);
  });
});
