/** The rule against clocks, chance, the browser, the server and the machine's language, by the names they go by. */
import { adviceOnMath, EXACT_MATH, GLOBALS, LOCALE_METHODS } from "../traps/forbidden.ts";
import { type Node, nameOf, propertyOf } from "./node.ts";
import type { Complain, Rule } from "./rule.ts";
import type { At } from "./tree.ts";

export const globalNames: Rule = (node, at, complain) => {
  const name = nameOf(node);
  if (name !== undefined && isReference(at) && at.scope.isGlobal(name)) {
    const advice = GLOBALS.get(name);
    if (advice !== undefined) complain(node, `${name} ${advice}`);
    if (name === "Math") checkMath(node, at, complain);
  }
  if (node.type === "MemberExpression") {
    const property = propertyOf(node) ?? "";
    const advice = LOCALE_METHODS.get(property);
    if (advice !== undefined) complain(node.property as Node, `${property} ${advice}`);
  }
};

function checkMath(node: Node, { parent, key }: At, complain: Complain): void {
  if (parent?.type === "MemberExpression" && key === "object") {
    const property = propertyOf(parent);
    checkFunction(parent, property, complain);
  } else if (parent?.type === "VariableDeclarator" && (parent.id as Node).type === "ObjectPattern") {
    for (const one of (parent.id as { properties: Node[] } & Node).properties)
      checkFunction(one, nameOf(one.key as Node), complain);
  } else complain(node, "Math under another name hides which function it is; write Math.floor where it is used");
}

function checkFunction(node: Node, name: string | undefined, complain: Complain): void {
  if (name === undefined) complain(node, "Math[...] hides which function it is; write its name: Math.floor");
  else if (!EXACT_MATH.includes(name)) complain(node, `Math.${name} ${adviceOnMath(name)}`);
}

/** False for an identifier that only names a member, a label or the like. */
function isReference({ parent, key }: At): boolean {
  if (parent === undefined) return false;
  if (/^(Import|Export).*Specifier$|^(Labeled|Break|Continue)Statement$|^MetaProperty$/.test(parent.type)) return false;
  const isName = key === "property" || key === "key";
  return !isName || parent.computed === true;
}
