/**
 * The rule against sorts whose result depends on the engine: no comparator, or one that does not answer less, equal or
 * more.
 */
import { childrenOf, isFunction, type Node, nameOf, propertyOf, rootOf, unwrap } from "./node.ts";
import type { File, Rule } from "./rule.ts";

const COMPARISON = /^([<>]=?|[!=]==?|in|instanceof)$/;
const SORT = /^(sort|toSorted)$/;

export const comparators: Rule = (node, _at, complain, file) => {
  if (node.type !== "CallExpression") return;
  const callee = unwrap(node.callee as Node);
  if (callee.type !== "MemberExpression" || !SORT.test(propertyOf(callee) ?? "")) return;
  const [argument] = node.arguments as Node[];
  if (argument === undefined) {
    complain(callee.property as Node, "sort without a comparator orders numbers as text; pass (a, b) => a - b");
    return;
  }
  const comparator = functionOf(argument, file);
  if (comparator === undefined) return;
  const reason = wrongWith(comparator);
  if (reason !== undefined) complain(comparator, reason);
};

/** The function itself, or the one that the file declares under this name. */
function functionOf(argument: Node, { program }: File): Node | undefined {
  if (isFunction(argument)) return argument;
  const name = nameOf(argument);
  if (name === undefined) return undefined;
  for (const statement of program.body as Node[]) {
    const declaration = (statement.declaration ?? statement) as Node;
    if (declaration.type === "FunctionDeclaration" && nameOf(declaration.id as Node) === name) return declaration;
    for (const { id, init } of (declaration.declarations as Node[] | undefined) ?? [])
      if (nameOf(id as Node) === name && init !== null && isFunction(init as Node)) return init as Node;
  }
  return undefined;
}

function wrongWith(comparator: Node): string | undefined {
  if (drawsLots(comparator.body as Node))
    return "a comparator that draws lots is asked another number of times by every engine; use random.shuffle(list)";
  const answers = answersOf(comparator.body as Node);
  if (answers.some(isTruth))
    return "a comparator that returns true or false leaves the order to the engine; return a number: (a, b) => a - b";
  const signs = answers.map(numberOf);
  if (signs.length > 1 && signs.every((sign) => sign !== undefined && sign !== 0))
    return "a comparator that never returns 0 calls each of two equals the smaller; return 0 when a and b are equal";
  return undefined;
}

const drawsLots = (node: Node): boolean =>
  rootOf(node) === "random" || propertyIsRandom(node) || [...childrenOf(node)].some(([, child]) => drawsLots(child));

const propertyIsRandom = (node: Node): boolean => node.type === "MemberExpression" && propertyOf(node) === "random";

/** What a function may return: the branches of its conditions, the operands of its `||`, not those of functions in it. */
function answersOf(node: Node): Node[] {
  const inner = unwrap(node);
  if (isFunction(inner)) return [];
  if (inner.type === "ReturnStatement") return inner.argument === null ? [] : answersOf(inner.argument as Node);
  if (inner.type === "ConditionalExpression")
    return [...answersOf(inner.consequent as Node), ...answersOf(inner.alternate as Node)];
  if (/Statement$/.test(inner.type))
    return [...childrenOf(inner)]
      .filter(([, child]) => /Statement$/.test(child.type))
      .flatMap(([, child]) => answersOf(child));
  if (inner.type === "LogicalExpression" && inner.operator !== "&&")
    return [...answersOf(inner.left as Node), ...answersOf(inner.right as Node)];
  return [inner];
}

function isTruth(node: Node): boolean {
  if (node.type === "Literal") return typeof node.value === "boolean";
  if (node.type === "LogicalExpression") return isTruth(unwrap(node.right as Node));
  return node.operator === "!" || (node.type === "BinaryExpression" && COMPARISON.test(node.operator as string));
}

function numberOf(node: Node): number | undefined {
  if (node.type === "Literal" && typeof node.value === "number") return node.value;
  if (node.type !== "UnaryExpression" || node.operator !== "-") return undefined;
  const value = numberOf(node.argument as Node);
  return value === undefined ? undefined : -value;
}
