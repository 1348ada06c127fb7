/**
 * The place in a game from which something was called: the first line of a stack that is neither the engine's nor a
 * guard's.
 */
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LINE = /(?:file:\/\/)?(\/[^\s()?]+\.[cm]?[jt]s)(?:\?[^\s():]*)?:(\d+):(\d+)/;
const NOT_THE_GAME = /^(guards|server|node_modules|shared\/engine)\/|^\.\.\//;

/** `shared/games/coins.ts:41:20`, relative to the project. */
export function placeOf(stack: string | undefined): string | undefined {
  for (const line of stack?.split("\n") ?? []) {
    const found = LINE.exec(line);
    if (found === null) continue;
    const path = relative(ROOT, found[1]!);
    if (!NOT_THE_GAME.test(path)) return `${path}:${found[2]}:${found[3]}`;
  }
  return undefined;
}
