/** A node of the syntax tree, and what can be read off one. */

/** A node of ESTree. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

export function* childrenOf(node: Node): Generator<[string, Node]> {
  for (const [key, member] of Object.entries(node))
    for (const child of Array.isArray(member) ? member : [member]) if (isNode(child)) yield [key, child];
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

export const isFunction = ({ type }: Node): boolean =>
  type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";

/** The expression without `as`, `!`, `satisfies` and `?.` around it. */
export function unwrap(node: Node): Node {
  const isWrapped = /^TS\w+Expression$|^TSTypeAssertion$|^ChainExpression$/.test(node.type);
  return isWrapped ? unwrap(node.expression as Node) : node;
}

/** The name of an identifier. */
export const nameOf = (node: Node | undefined | null): string | undefined =>
  node?.type === "Identifier" ? (node.name as string) : undefined;

/** `b` of `a.b` and of `a["b"]`; undefined when it is computed. */
export function propertyOf(member: Node): string | undefined {
  const property = member.property as Node;
  if (member.computed !== true) return nameOf(property);
  return property.type === "Literal" ? String(property.value) : undefined;
}

/** `a` of `a.b[c].d`; undefined when the chain begins with something else than a name. */
export function rootOf(expression: Node): string | undefined {
  const node = unwrap(expression);
  return node.type === "MemberExpression" ? rootOf(node.object as Node) : nameOf(node);
}
