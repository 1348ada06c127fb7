/** The scope of a place in a file: which names it can see, and where each was declared. */
import { isFunction, type Node } from "./node.ts";

const LIST = /^(Program|BlockStatement|StaticBlock|FunctionBody)$/;
const LOOP = /^For(In|Of)?Statement$/;

export class Scope {
  readonly #names: ReadonlySet<string>;
  readonly #outer: Scope | undefined;

  private constructor(names: Iterable<string>, outer: Scope | undefined) {
    this.#names = new Set(names);
    this.#outer = outer;
  }

  /** The scope that a node opens; undefined when it opens none. */
  static of(node: Node, outer: Scope | undefined): Scope | undefined {
    const names = declaredBy(node);
    return names === undefined ? undefined : new Scope(names, outer);
  }

  /** Whether a name means what the language or the machine provides. */
  isGlobal(name: string): boolean {
    return this.ownerOf(name) === undefined;
  }

  /** Whether a name was declared at the top level of the file, imports included. */
  isOfModule(name: string): boolean {
    const found = this.ownerOf(name);
    return found !== undefined && found.#outer === undefined;
  }

  /** The scope that declares a name as it is seen from here; undefined when the language or the machine provides it. */
  ownerOf(name: string): Scope | undefined {
    return this.#names.has(name) ? this : this.#outer?.ownerOf(name);
  }
}

function declaredBy(node: Node): string[] | undefined {
  if (isFunction(node)) {
    // The name of a declaration belongs to the scope around it.
    const own = node.type === "FunctionExpression" ? namesIn(node.id as Node | null) : [];
    return [...own, ...(node.params as Node[]).flatMap(namesIn)];
  }
  if (LIST.test(node.type)) return (node.body as Node[]).flatMap(declaredByStatement);
  if (node.type === "SwitchStatement")
    return (node.cases as Node[]).flatMap((one) => (one.consequent as Node[]).flatMap(declaredByStatement));
  if (LOOP.test(node.type)) {
    const head = (node.init ?? node.left) as Node | null;
    return head === null ? [] : declaredByStatement(head);
  }
  if (node.type === "CatchClause") return namesIn(node.param as Node | null);
  return undefined;
}

function declaredByStatement(node: Node): string[] {
  // `declare const x` only promises that it is elsewhere.
  if (node.declare === true) return [];
  switch (node.type) {
    case "VariableDeclaration":
      return (node.declarations as Node[]).flatMap(({ id }) => namesIn(id as Node));
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return namesIn(node.id as Node | null);
    case "ImportDeclaration":
      return (node.specifiers as Node[]).flatMap(({ local }) => namesIn(local as Node));
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration":
      return node.declaration ? declaredByStatement(node.declaration as Node) : [];
    default:
      return [];
  }
}

/** The names that a pattern binds: `{ a, b: [c], ...d }` binds a, c and d. */
function namesIn(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name as string];
    case "ObjectPattern":
      return (pattern.properties as Node[]).flatMap((one) => namesIn((one.value ?? one.argument) as Node));
    case "ArrayPattern":
      return (pattern.elements as (Node | null)[]).flatMap(namesIn);
    case "AssignmentPattern":
      return namesIn(pattern.left as Node);
    case "RestElement":
      return namesIn(pattern.argument as Node);
    case "TSParameterProperty":
      return namesIn(pattern.parameter as Node);
    default:
      return [];
  }
}
