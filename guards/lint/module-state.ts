/** The rule against state outside the world: variables at the top level, and constants there whose contents change. */
import { isFunction, type Node, nameOf, propertyOf, rootOf, unwrap } from "./node.ts";
import type { File, Rule } from "./rule.ts";
import type { At } from "./tree.ts";

const ADVICE = "is state outside of the schema, where no rollback reaches it; keep it in the state";
const MUTATING =
  /^(set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|next|set(Int|Uint|Float|Big)\w+)$/;
const WRITING_FUNCTION = /^(assign|defineProperty|defineProperties|setPrototypeOf|set|deleteProperty)$/;

export const moduleState: Rule = (node, at, complain, file) => {
  if (!at.isInFunction) {
    if (node.type === "VariableDeclaration" && node.kind !== "const" && isAtTop(at))
      for (const { id } of node.declarations as Node[])
        complain(node, `${nameOf(id as Node) ?? "a variable"} at the top level ${ADVICE}, or make it a const`);
    if (node.type === "Literal" && /[gy]/.test((node.regex as { flags: string } | undefined)?.flags ?? ""))
      complain(node, `${node.raw} at the top level remembers where its last match ended; write it where it is used`);
    return;
  }
  const changed = changedBy(node);
  if (changed === undefined) return;
  const name = rootOf(changed);
  if (name !== undefined && at.scope.isOfModule(name) && !isOwnMethod(node, name, file))
    complain(node, `${name} is changed by the rules and ${ADVICE}`);
};

const isAtTop = ({ parent }: At): boolean => parent?.type === "Program" || parent?.type === "ExportNamedDeclaration";

/** What a node changes: `a.b` in `a.b = 1`, `a` in `a.push(1)`, a bare name only in what writes into its object. */
function changedBy(node: Node): Node | undefined {
  if (node.type === "AssignmentExpression") return member(node.left as Node);
  if (node.type === "UpdateExpression") return member(node.argument as Node);
  if (node.type === "UnaryExpression" && node.operator === "delete") return member(node.argument as Node);
  if (node.type !== "CallExpression") return undefined;
  const callee = member(node.callee as Node);
  if (callee === undefined) return undefined;
  const name = propertyOf(callee) ?? "";
  const object = callee.object as Node;
  if (/^(Object|Reflect)$/.test(nameOf(object) ?? ""))
    return WRITING_FUNCTION.test(name) ? (node.arguments as Node[])[0] : undefined;
  return MUTATING.test(name) ? object : undefined;
}

function member(node: Node): Node | undefined {
  const inner = unwrap(node);
  return inner.type === "MemberExpression" ? inner : undefined;
}

/** Whether `name.set(...)` calls a function that the file itself wrote into a literal, of an imported module, or the engine's. */
function isOwnMethod(node: Node, name: string, { program }: File): boolean {
  if (node.type !== "CallExpression") return false;
  const called = propertyOf(unwrap(node.callee as Node));
  return (program.body as Node[]).some((statement) => {
    if (statement.type === "ImportDeclaration")
      return (statement.specifiers as Node[]).some(
        ({ type, local }) =>
          nameOf(local as Node) === name && (type === "ImportNamespaceSpecifier" || isEngineDoor(statement)),
      );
    const declaration = (statement.declaration ?? statement) as Node;
    if (declaration.type !== "VariableDeclaration") return false;
    return (declaration.declarations as Node[]).some(
      ({ id, init }) => nameOf(id as Node) === name && hasMethod(init as Node | null, called),
    );
  });
}

/** What the engine gives to games holds nothing that could change: `vec.add` adds. */
const isEngineDoor = ({ source }: Node): boolean =>
  /(^|\/)engine\/index\.ts$/.test((source as { value: string }).value);

function hasMethod(init: Node | null, called: string | undefined): boolean {
  const literal = init === null ? undefined : unwrap(init);
  if (literal?.type !== "ObjectExpression") return false;
  return (literal.properties as Node[]).some(
    ({ key, value }) => nameOf(key as Node) === called && isFunction(value as Node),
  );
}
