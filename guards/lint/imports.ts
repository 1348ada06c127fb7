/** The rule against imports of anything but the engine's index and the other files of the game. */
import { dirname, join, resolve, sep } from "node:path";
import type { Node } from "./node.ts";
import type { Rule } from "./rule.ts";

const IMPORT = /^(Import|ExportNamed|ExportAll)Declaration$/;
const DOOR = join("engine", "index.ts");

export const imports: Rule = (node, _at, complain, { path }) => {
  const source = IMPORT.test(node.type) ? (node.source as Node | null) : null;
  if (source === null || typeof source.value !== "string" || isAllowed(source.value, path)) return;
  complain(
    source,
    `"${source.value}" is not for games; import from the engine's index.ts, or from another file of the game`,
  );
};

function isAllowed(name: string, path: string): boolean {
  if (!name.startsWith(".")) return false;
  const target = resolve(dirname(path), name);
  return target.endsWith(sep + DOOR) || target.startsWith(shelfOf(resolve(path)) + sep);
}

/** The folder whose files belong together: the shelf when the file stands on it, else the file's own folder. */
function shelfOf(path: string): string {
  const shelf = join(sep, "shared", "games");
  const at = path.lastIndexOf(shelf + sep);
  return at < 0 ? dirname(path) : path.slice(0, at) + shelf;
}
