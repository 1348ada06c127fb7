/** The projects of the tests as `vitest.config.ts` divides them: every file in one, and none that starts a program among those of memory. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { matchesGlob } from "node:path";
import { describe, expect, it } from "vitest";
import { importsIn } from "./architecture/judge.ts";
import config from "./vitest.config.ts";

interface Project {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

const projects = config.test!.projects!.map((each) => {
  const { name, include = [], exclude = [] } = (each as { readonly test: Partial<Project> }).test;
  return { name: name!, include, exclude };
});
const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "test"], {
  encoding: "utf8",
});
const files = listed.split("\n").filter((path) => path.endsWith(".ts") && existsSync(path));
const tests = files.filter((path) => path.endsWith(".test.ts"));
const sources = new Map(files.map((path) => [path, readFileSync(path, "utf8")]));

const isIn = ({ include, exclude }: Project, path: string): boolean =>
  include.some((pattern) => matchesGlob(path, pattern)) && !exclude.some((pattern) => matchesGlob(path, pattern));

/** To ask git for the names of files takes a moment. */
const ASKS_GIT = /execFileSync\("git"/;
const STARTERS = ["node:child_process", "playwright-core"];

/** These take something else from a file that could start one, and start none. */
const HARMLESS = [
  "test/bench/server/capacity.test.ts",
  "test/bench/server/curves.test.ts",
  "test/bench/server/pairs.test.ts",
  "test/bench/server/table.test.ts",
  "test/determinism/options.test.ts",
  "test/server/socket/outflow.test.ts",
];

/** The way from a file to what starts another program, through other files of tests; undefined where there is none. */
function wayToStarter(path: string, all: ReadonlyMap<string, string>, seen = new Set<string>()): string[] | undefined {
  const text = all.get(path);
  if (text === undefined || seen.has(path)) return undefined;
  seen.add(path);
  for (const { to, isLocal } of importsIn(new Map([[path, text]]))) {
    if (STARTERS.includes(to) && !ASKS_GIT.test(text)) return [path, to];
    const way = isLocal ? wayToStarter(to, all, seen) : undefined;
    if (way !== undefined) return [path, ...way];
  }
  return undefined;
}

describe("the lists", () => {
  it.each(projects)("of $name name files that exist", (project) => {
    const patterns = [...project.include, ...project.exclude];
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.filter((pattern) => !tests.some((path) => matchesGlob(path, pattern)))).toEqual([]);
  });

  it("put every file of tests into one project", () => {
    const odd = tests.map((path) => [path, projects.filter((one) => isIn(one, path)).map(({ name }) => name)] as const);
    expect(odd.filter(([, names]) => names.length !== 1)).toEqual([]);
  });
});

describe("the project memory", () => {
  const memory = projects.find(({ name }) => name === "memory")!;

  it("starts no other program: a wait for one would hold up the files that share its worker", () => {
    const found = tests
      .filter((path) => isIn(memory, path))
      .map((path) => wayToStarter(path, sources))
      .filter((way) => way !== undefined);
    const strange = found.filter(([path]) => !HARMLESS.includes(path!));
    expect(strange.map((way) => way.join(" -> "))).toEqual([]);
    expect(
      found.map(([path]) => path),
      "no exception that is none",
    ).toEqual(HARMLESS);
  });

  it("would be caught, by itself and through others", () => {
    const kit = "test/kit/planted.ts";
    // Put together here: this file imports none of them.
    const importOf = (path: string): string => `import { x } from ${JSON.stringify(path)};`;
    const planted = new Map([
      ["test/a.test.ts", 'import { spawn } from "node:child_process";'],
      ["test/b.test.ts", importOf("./kit/planted.ts")],
      ["test/c.test.ts", importOf("./kit/calm.ts")],
      [kit, 'import { chromium } from "playwright-core";'],
      ["test/kit/calm.ts", ""],
    ]);
    const of = (path: string) => wayToStarter(path, planted)?.join(" -> ");
    expect(of("test/a.test.ts")).toBe("test/a.test.ts -> node:child_process");
    expect(of("test/b.test.ts")).toBe(`test/b.test.ts -> ${kit} -> playwright-core`);
    expect(of("test/c.test.ts")).toBeUndefined();
  });
});
