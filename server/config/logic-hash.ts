/**
 * The logic hash: one number for the rules of a game as they stand in its files, so that a page of another build is
 * told before it can desync.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { hashBytes } from "../../shared/engine/bytes/hash.ts";

const SHARED = fileURLToPath(new URL("../../shared", import.meta.url));
const IMPORT = /\bfrom\s+"(\.[^"]+)"/g;
const NAME = /\bdefineGame\(\{[\s\S]*?\bname:\s*"([^"]+)"/;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** A file and every file beside it that it imports, directly or not. */
function withImports(file: string, inside: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || relative(inside, file).startsWith("..") || !existsSync(file)) return found;
  found.add(file);
  for (const [, path] of readFileSync(file, "utf8").matchAll(IMPORT))
    withImports(join(dirname(file), path!), inside, found);
  return found;
}

/** Line ends are the checkout's, not the author's. */
const textOf = (file: string): string => readFileSync(file, "utf8").replaceAll("\r\n", "\n");

function hashOf(files: Iterable<string>, base: string): string {
  const text = [...files].sort().map((file) => `${relative(base, file).replaceAll("\\", "/")}\n${textOf(file)}`);
  return hashBytes(new TextEncoder().encode(text.join("\n")))
    .toString(16)
    .padStart(8, "0");
}

/**
 * The logic hash of every game in `shared/games`, by name: of its own files and of the engine's, eight hexadecimal digits.
 * Server and page build it from the same files; anything else in the project may change without changing it.
 */
export function logicHashes(shared = SHARED): Record<string, string> {
  const games = join(shared, "games");
  const engine = filesIn(join(shared, "engine"));
  const hashes: Record<string, string> = {};
  for (const file of filesIn(games)) {
    const name = NAME.exec(textOf(file))?.[1];
    if (name !== undefined) hashes[name] = hashOf([...engine, ...withImports(file, games)], shared);
  }
  return hashes;
}
