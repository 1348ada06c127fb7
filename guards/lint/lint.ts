/** The lint of games: what can be seen in their text to differ between machines, or to outlive a rollback (R5). */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PURE_ADVICE } from "../traps/forbidden.ts";
import { comparators } from "./comparators.ts";
import { functionText } from "./function-text.ts";
import { globalNames } from "./global-names.ts";
import { imports } from "./imports.ts";
import { moduleState } from "./module-state.ts";
import type { Node } from "./node.ts";
import type { Rule } from "./rule.ts";
import { syntax } from "./syntax.ts";
import { parse, walk } from "./tree.ts";

const RULES: readonly Rule[] = [globalNames, syntax, imports, moduleState, comparators, functionText];
/** Comments that builders read. */
const PURE = /[@#]__(?:PURE|NO_SIDE_EFFECTS)__/g;

export interface Finding {
  readonly path: string;
  /** From 1, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** `shared/games/tag.ts:12:5: Math.sin is not the same on every machine; ...`, which editors make a link. */
export const print = ({ path, line, column, message }: Finding): string => `${path}:${line}:${column}: ${message}`;

/** What is wrong with the text of a file, in its order. */
export function lintText(path: string, text: string): Finding[] {
  const found: (Finding & { readonly offset: number })[] = [];
  const add = (offset: number, message: string) => found.push({ path, offset, ...placeIn(text, offset), message });
  let program: Node;
  try {
    program = parse(path, text);
  } catch (error) {
    const { message, offset = 0 } = error as SyntaxError & { offset?: number };
    add(offset, `cannot be read: ${message}`);
    return found;
  }
  walk(program, (node, at) => {
    for (const rule of RULES) rule(node, at, ({ start }, message) => void add(start, message), { path, program });
  });
  for (const { 0: comment, index } of text.matchAll(PURE)) add(index, `${comment} ${PURE_ADVICE}`);
  return found.sort((a, b) => a.offset - b.offset);
}

/** What is wrong with a file, or with every TypeScript file in a folder. @throws Error of Node when there is none. */
export function lintPath(path: string): Finding[] {
  return filesIn(path).flatMap((file) => lintText(file, readFileSync(file, "utf8")));
}

export function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /\.[mc]?ts$/.test(name))
    .map((name) => join(path, name))
    .sort();
}

function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
