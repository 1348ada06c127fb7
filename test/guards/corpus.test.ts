/** Every broken game of the corpus is caught before a network match, by the guards that are there for it. */
import { describe, expect, it } from "vitest";
import { bugs } from "./bug.ts";
import type { Column } from "./columns.ts";
import { EXPECTED } from "./expected.ts";
import { measure, printTable } from "./table.ts";

const rows = await measure();

describe("the corpus", () => {
  it("has at least 30 broken games, each with its guards", () => {
    expect(bugs.length).toBeGreaterThanOrEqual(30);
    expect(bugs.map(({ name }) => name)).toEqual(Object.keys(EXPECTED));
    expect(Object.values(EXPECTED).filter((guards) => guards.length === 0)).toEqual([]);
  });

  it.each(rows.map((row) => [row.bug.name, row] as const))("%s is caught", (name, { said }) => {
    const blind = EXPECTED[name]!.filter((column) => !said.has(column));
    expect(blind, "guards that no longer see it").toEqual([]);
  });

  it("shows a guard's use: leave one out and some game is caught by none", () => {
    const left = (out: Column): string[] =>
      Object.entries(EXPECTED).flatMap(([name, guards]) => (guards.every((guard) => guard === out) ? [name] : []));
    for (const column of ["lint", "definition", "watch", "sync", "build"] as const)
      expect(left(column), `only ${column} catches`).not.toEqual([]);
  });

  it.each(rows.flatMap(({ bug, said }) => (said.has("lint") ? [[bug.name, bug.path, said.get("lint")!]] : [])))(
    "%s: the lint names file, line and column",
    (_name, path, sentence) => {
      expect(sentence).toMatch(new RegExp(`^${path}:\\d+:\\d+: .{20}`));
    },
  );

  // An async step is seen when it has returned, an infinite number when it stands in the world: no line is known then.
  const isWithoutLine = (name: string): boolean => name === "async-step" || name === "infinite-heat";
  const watched = rows.flatMap(({ bug, said }) =>
    said.has("watch") && !isWithoutLine(bug.name) ? [[bug.name, bug.path, said.get("watch")!]] : [],
  );
  it.each(watched)("%s: the run-time guard names file, line, rule and tick", (name, path, sentence) => {
    expect(sentence).toMatch(
      new RegExp(
        `^${path}:\\d+:\\d+: .{20}.* \\((step|bot|commands\\.\\w+\\.(apply|accepts)) of ${name}, tick \\d+\\)$`,
      ),
    );
  });

  it("prints as a table", () => {
    expect(printTable(rows)).toContain("cosine");
  });
});
