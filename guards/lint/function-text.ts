/**
 * The rule against names and text of functions and classes, and against what a minifier is told of them: a built page
 * has others than the server (R5).
 */
import { childrenOf, isFunction, type Node, nameOf, propertyOf, unwrap } from "./node.ts";
import type { Complain, Rule } from "./rule.ts";
import type { Scope } from "./scope.ts";
import { walk } from "./tree.ts";

const ADVICE = "is another one in the built page, where functions and classes are renamed; write a text of your own";
const OF_FUNCTION = /^(name|length|toString|caller)$/;
const CALL = /^(Call|New)Expression$/;

/** One look at the whole file: whether a name is a function's may be seen only further down. */
export const functionText: Rule = (node, _at, complain) => {
  if (node.type !== "Program") return;
  const places: Place[] = [];
  walk(node, (one, { scope }) => void places.push({ node: one, scope }));
  const functions = functionsOf(places);
  const isFunctionName = (one: Node, scope: Scope): boolean => {
    const inner = unwrap(one);
    if (inner.type === "ConditionalExpression")
      return [inner.consequent, inner.alternate].some((branch) => isFunctionName(branch as Node, scope));
    const name = nameOf(inner);
    const owner = name === undefined ? undefined : scope.ownerOf(name);
    return owner !== undefined && functions.get(owner)?.has(name!) === true;
  };
  for (const { node: place, scope } of places) {
    checkMembers(place, (one) => isFunctionName(one, scope), complain);
    checkTexts(place, (one) => isFunctionName(one, scope), complain);
    if (place.type === "MetaProperty") checkMeta(place, complain);
  }
};

interface Place {
  readonly node: Node;
  readonly scope: Scope;
}

/** The names that stand for functions and classes: those that are declared so, called, or made instances of. */
function functionsOf(places: readonly Place[]): Map<Scope, Set<string>> {
  const found = new Map<Scope, Set<string>>();
  const add = (one: Node | undefined | null, scope: Scope): void => {
    const name = nameOf(one);
    const owner = name === undefined ? undefined : scope.ownerOf(name);
    if (owner === undefined) return;
    const names = found.get(owner) ?? new Set();
    found.set(owner, names.add(name!));
  };
  for (const { node, scope } of places) {
    if (/^(Function|Class)Declaration$/.test(node.type)) add(node.id as Node | null, scope);
    if (node.type === "VariableDeclarator" && isFunctionOrClass(node.init as Node | null)) add(node.id as Node, scope);
    if (CALL.test(node.type)) add(unwrap(node.callee as Node), scope);
  }
  // Another name for a function is one, too.
  for (const { node, scope } of places) {
    const name =
      node.type === "VariableDeclarator" && node.init !== null ? nameOf(unwrap(node.init as Node)) : undefined;
    const owner = name === undefined ? undefined : scope.ownerOf(name);
    if (owner !== undefined && found.get(owner)?.has(name!) === true) add(node.id as Node, scope);
  }
  return found;
}

function isFunctionOrClass(init: Node | null): boolean {
  if (init === null) return false;
  const inner = unwrap(init);
  return isFunction(inner) || inner.type === "ClassExpression";
}

type IsFunctionName = (node: Node) => boolean;

function checkMembers(node: Node, isFunctionName: IsFunctionName, complain: Complain): void {
  if (node.type === "MemberExpression") {
    const property = propertyOf(node) ?? "";
    const object = unwrap(node.object as Node);
    if (property === "constructor") complain(node.property as Node, `constructor ${CLASS_ADVICE}`);
    if (property === "stack" && object.type === "NewExpression") complain(node.property as Node, STACK_ADVICE);
    if (OF_FUNCTION.test(property) && isFunctionName(object))
      complain(node.property as Node, `${nameOf(object) ?? "the function"}.${property} ${ADVICE}`);
  }
  if (node.type === "VariableDeclarator" && (node.id as Node).type === "ObjectPattern" && node.init !== null)
    checkPattern(node.id as Node, node.init as Node, isFunctionName, complain);
}

function checkPattern(pattern: Node, init: Node, isFunctionName: IsFunctionName, complain: Complain): void {
  for (const one of pattern.properties as Node[]) {
    const key = nameOf(one.key as Node | undefined) ?? "";
    if (key === "constructor") complain(one, `constructor ${CLASS_ADVICE}`);
    if (OF_FUNCTION.test(key) && isFunctionName(init)) complain(one, `${key} of a function ${ADVICE}`);
  }
}

const CLASS_ADVICE =
  "leads to a class, which has another name in the built page; keep a kind in a field, such as kind: t.uint8()";
const STACK_ADVICE = "the stack of an error is another text in every engine and in the built page; keep what you mean";

/** A function that is made a text: `String(f)`, `${f}`, `"" + f`. */
function checkTexts(node: Node, isFunctionName: IsFunctionName, complain: Complain): void {
  const isText = node.type === "CallExpression" && nameOf(unwrap(node.callee as Node)) === "String";
  const isSum =
    (node.type === "BinaryExpression" && node.operator === "+") ||
    (node.type === "AssignmentExpression" && node.operator === "+=");
  if (node.type !== "TemplateLiteral" && !isText && !isSum) return;
  for (const [key, child] of childrenOf(node))
    if (key !== "callee" && isFunctionName(child))
      complain(child, `the text of ${nameOf(unwrap(child)) ?? "a function"} ${ADVICE}`);
}

function checkMeta(node: Node, complain: Complain): void {
  const [meta, property] = [nameOf(node.meta as Node), nameOf(node.property as Node)];
  if (meta === "new") complain(node, `${meta}.${property} ${CLASS_ADVICE}`);
  else complain(node, "import.meta tells the built page from the server; rules must not know where they run");
}
