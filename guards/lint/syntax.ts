/** The rule against operators and statements that differ between machines, or that go on after the tick. */
import { ASYNC_ADVICE, CATCH_ADVICE, POWER_ADVICE, RADIX_ADVICE } from "../traps/forbidden.ts";
import { isFunction, type Node, nameOf, propertyOf, rootOf, unwrap } from "./node.ts";
import type { Rule } from "./rule.ts";

const WHOLE = /^(trunc|floor|ceil|round|imul|clz32)$/;
const BITWISE = /^(\||&|\^|<<|>>|>>>)$/;

export const syntax: Rule = (node, at, complain) => {
  if (node.operator === "**" || node.operator === "**=") complain(node, `${node.operator} ${POWER_ADVICE}`);
  if (isFunction(node) && node.async === true) complain(node, `an async function ${ASYNC_ADVICE}`);
  if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await === true))
    complain(node, `await ${ASYNC_ADVICE}`);
  if (node.type === "ImportExpression") complain(node, `import() ${ASYNC_ADVICE}`);
  if (node.type === "CatchClause") complain(node, `catch ${CATCH_ADVICE}`);
  if (node.type === "ForInStatement")
    complain(
      node,
      "for in also walks what an object inherits, whole-number keys first; walk a Map or an array: for of",
    );
  if (nameOf(node) === "arguments" && at.isInFunction && at.scope.isGlobal("arguments"))
    complain(node, "arguments differs between kinds of functions; name the parameters, or write ...rest");
  if (node.type === "CallExpression") checkRadix(node, (message) => complain(node, message));
};

function checkRadix(call: Node, complain: (message: string) => void): void {
  const callee = unwrap(call.callee as Node);
  const [radix] = call.arguments as Node[];
  if (callee.type !== "MemberExpression" || propertyOf(callee) !== "toString" || radix === undefined) return;
  if (radix.type === "Literal" && radix.value === 10) return;
  if (!isWhole(unwrap(callee.object as Node))) complain(`toString(${radix.value ?? "radix"}) ${RADIX_ADVICE}`);
}

/** Whether an expression can be seen to be a whole number. */
function isWhole(node: Node): boolean {
  if (node.type === "Literal") return Number.isInteger(node.value);
  if (node.type === "BinaryExpression") return BITWISE.test(node.operator as string);
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee as Node);
  return callee.type === "MemberExpression" && rootOf(callee) === "Math" && WHOLE.test(propertyOf(callee) ?? "");
}
