/** The syntax tree of a TypeScript file, without its types, walked with the names that each place can see. */
import { parseSync } from "vite";
import { childrenOf, isFunction, type Node } from "./node.ts";
import { Scope } from "./scope.ts";

/** Where the walk stands. */
export interface At {
  readonly parent: Node | undefined;
  /** Member of the parent that holds the node. */
  readonly key: string;
  readonly scope: Scope;
  /** False for what runs once, when the file is loaded. */
  readonly isInFunction: boolean;
}

export type Visit = (node: Node, at: At) => void;

/** @throws SyntaxError with the parser's words; `offset` tells where. */
export function parse(path: string, text: string): Node {
  const { program, errors } = parseSync(path, text, { preserveParens: false });
  const [error] = errors;
  if (error !== undefined) throw Object.assign(new SyntaxError(error.message), { offset: error.labels[0]?.start ?? 0 });
  return program as unknown as Node;
}

/** Calls `visit` for every node that runs, parents first. */
export function walk(program: Node, visit: Visit): void {
  descend(program, { parent: undefined, key: "", scope: Scope.of(program, undefined)!, isInFunction: false }, visit);
}

function descend(node: Node, at: At, visit: Visit): void {
  visit(node, at);
  const scope = at.parent === undefined ? at.scope : (Scope.of(node, at.scope) ?? at.scope);
  const isInFunction = at.isInFunction || isFunction(node);
  for (const [key, child] of childrenOf(node))
    if (runs(child)) descend(child, { parent: node, key, scope, isInFunction }, visit);
}

/** Nodes of TypeScript that hold code; all others are types, which are gone when the code runs. */
const HOLDS_CODE = /^TS(As|NonNull|Satisfies|Instantiation)Expression$|^TSTypeAssertion$|^TSEnum|^TSParameterProperty$/;

const runs = ({ type, declare }: Node): boolean =>
  declare !== true && (!type.startsWith("TS") || HOLDS_CODE.test(type));
