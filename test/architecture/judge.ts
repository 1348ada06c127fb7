/** The judge of the architecture test: which files break the rows, given the files and their texts. */
import { dirname, join, normalize } from "node:path";
import { importsOf, stripComments } from "../kit/imports.ts";
import type { Outside, Row } from "./rows.ts";

/** Paths and texts of the project's sources. */
export type Sources = ReadonlyMap<string, string>;

/** How each of them looks in code without comments. */
export const OUTSIDE: Readonly<Record<Outside, RegExp>> = {
  clock:
    /\b(Date\.now|new Date\b|performance\.now|setTimeout|setInterval|setImmediate|requestAnimationFrame|queueMicrotask)\b/,
  dom: /\b(document\.\w|window\.\w|HTML\w*Element\b|localStorage\b|sessionStorage\b|navigator\.\w|location\.\w|CanvasRenderingContext2D\b)/,
  process: /\b(process\.|Buffer\b|require\()/,
};

export interface Import {
  readonly from: string;
  /** A path of the project, or a package as it is named. */
  readonly to: string;
  readonly isLocal: boolean;
}

/** Every import, type imports included. */
export function importsIn(sources: Sources): Import[] {
  return [...sources].flatMap(([from, text]) =>
    importsOf(text).map((name) => ({
      from,
      to: name.startsWith(".") ? normalize(join(dirname(from), name)) : name,
      isLocal: name.startsWith("."),
    })),
  );
}

/** The folder of a file, or the file itself where it is a place of its own (the public doors, Colyseus's configuration). */
export function placeOf(path: string, rows: readonly Row[]): string {
  return rows.some(({ place }) => place === path) ? path : dirname(path);
}

const isLocalAllowed = ({ place, local }: Row, to: string): boolean =>
  [place, ...local].some((allowed) =>
    allowed.endsWith("/*") ? dirname(to).startsWith(allowed.slice(0, -1)) : to === allowed || dirname(to) === allowed,
  );

const isPackageAllowed = ({ packages }: Row, to: string): boolean =>
  packages.some((allowed) => (allowed === "node:" ? to.startsWith("node:") : to === allowed));

/** One sentence for each thing that a row does not allow; files without a row included. */
export function broken(sources: Sources, rows: readonly Row[]): string[] {
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  const rowOf = (path: string): Row | undefined => byPlace.get(placeOf(path, rows));
  const missing = [...sources.keys()].filter((path) => rowOf(path) === undefined).map((path) => `${path} has no row`);
  const imports = importsIn(sources)
    .filter(({ from, to, isLocal }) => {
      const row = rowOf(from);
      return row !== undefined && !(isLocal ? isLocalAllowed(row, to) : isPackageAllowed(row, to));
    })
    .map(({ from, to }) => `${from} -> ${to}`);
  const outside = [...sources].flatMap(([path, text]) => {
    const knows = rowOf(path)?.knows ?? [];
    const code = stripComments(text);
    return (Object.keys(OUTSIDE) as Outside[])
      .filter((what) => !knows.includes(what) && OUTSIDE[what].test(code))
      .map((what) => `${path} knows the ${what}`);
  });
  return [...missing, ...imports, ...outside];
}

/** What rows allow and nobody uses: a permission that is not needed is a hole. */
export function unused(sources: Sources, rows: readonly Row[]): string[] {
  const imports = importsIn(sources);
  return rows.flatMap((row) => {
    const own = imports.filter(({ from }) => placeOf(from, rows) === row.place);
    const files = [...sources].filter(([path]) => placeOf(path, rows) === row.place);
    if (files.length === 0) return [`${row.place} is no folder`];
    const local = row.local.filter(
      (name) => !own.some(({ to }) => isLocalAllowed({ ...row, place: "", local: [name] }, to)),
    );
    const packages = row.packages.filter(
      (name) => !own.some(({ to }) => isPackageAllowed({ ...row, packages: [name] }, to)),
    );
    const knows = row.knows.filter((what) => !files.some(([, text]) => OUTSIDE[what].test(stripComments(text))));
    return [...local, ...packages, ...knows].map((name) => `${row.place} does not need ${name}`);
  });
}

/** Which folders import which, as a graph without loops to themselves. */
export function folderGraph(sources: Sources, rows: readonly Row[]): Map<string, string[]> {
  const graph = new Map<string, Set<string>>();
  for (const { from, to, isLocal } of importsIn(sources)) {
    if (!isLocal) continue;
    const [a, b] = [placeOf(from, rows), placeOf(to, rows)];
    if (a !== b) graph.set(a, (graph.get(a) ?? new Set()).add(b));
  }
  return new Map([...graph].map(([place, to]) => [place, [...to]]));
}
