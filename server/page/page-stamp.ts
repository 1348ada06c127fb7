/** The stamp of the page: one number for all sources of a build, and the file in which a build keeps its own. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Where the built page is kept. */
export const pageFolder = join(ROOT, "client-demo", "dist");
const FILE = "build.json";
/** The folders that are searched for sources, and those of their products. */
const FOLDERS = ["client", "client-demo", "shared"];
const SINGLE = ["package-lock.json", "server/config/logic-hash.ts", "tsconfig.json"];
const MADE = /(^|\/)(dist|\.[^/]*)(\/|$)/;
/** What a build does not read. */
const WORDS = /\.(md|png)$/;

/** Every file that a build may read but for packages, by its path from the project's folder, in one order everywhere. */
export function pageSources(root = ROOT): string[] {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/")),
  );
  return [...found.filter((path) => !MADE.test(path) && !WORDS.test(path)), ...SINGLE].sort();
}

/** By content and not by time: a checkout, a copy and an image have new times and the same page. */
export function pageStamp(root = ROOT): string {
  const hash = createHash("sha256");
  for (const path of pageSources(root)) {
    const text = readFileSync(join(root, path));
    hash.update(`${path}\n${text.length}\n`).update(text);
  }
  return hash.digest("hex").slice(0, 16);
}

/** The stamp of what is built in a folder; undefined when that is nothing, or not whole. */
export function stampOf(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, FILE), "utf8")) as { readonly stamp: string }).stamp;
  } catch {
    return undefined;
  }
}

/** To be written last: a folder with a stamp is whole. */
export function writeStamp(folder: string, stamp: string): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify({ stamp })}\n`);
}

/** Whether something is built there, and from other sources than these. */
export function isStale(folder: string): boolean {
  return existsSync(join(folder, "index.html")) && stampOf(folder) !== pageStamp();
}
