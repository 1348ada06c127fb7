/**
 * The refusals of what a schema may declare and plain data cannot keep, each with the reason and what to write instead.
 */

/** A declaration the codec cannot work with; the message opens with its path, such as `tag.runners[].x`. */
export class LayoutError extends TypeError {
  override readonly name = "LayoutError";
  readonly path: string;

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.path = path;
  }
}

interface Refusal {
  readonly reason: string;
  /** Names of the types to use instead. */
  readonly instead: readonly string[];
}

const LOSSY = "is lossy on the wire (0.1 comes back as 0.10000000149)";
const INEXACT = "holds numbers that JavaScript keeps exact only up to 2^53";
const BIG = "holds BigInt values, which rules cannot mix with numbers";

const PRIMITIVES: Readonly<Record<string, Refusal>> = {
  number: { reason: LOSSY, instead: ["int32", "float64"] },
  float32: { reason: LOSSY, instead: ["int32", "float64"] },
  int64: { reason: INEXACT, instead: ["int32", "float64"] },
  uint64: { reason: INEXACT, instead: ["uint32", "float64"] },
  bigint64: { reason: BIG, instead: ["int32", "float64"] },
  biguint64: { reason: BIG, instead: ["uint32", "float64"] },
};

const CONTAINERS: Readonly<Record<string, string>> = {
  set: "t.set() has no plain form; use t.map() with the members as keys, or t.array()",
  collection: "t.collection() has no plain form; use t.map() with number keys, or t.array()",
  stream: "t.stream() sends a part of its members at a time, and rules need all of them; use t.map() or t.array()",
  quantized: "t.quantized() changes the value it is given; use t.float64(), or t.int16() with a scale of your own",
};

const WHOLE_WORLD = "a lockstep world is sent whole and to everybody";

const MODIFIERS: Readonly<Record<string, string>> = {
  tag: `.view() hides a field from some clients, but ${WHOLE_WORLD}; leave .view() out`,
  unreliable: `.unreliable() may lose values, but ${WHOLE_WORLD}; leave .unreliable() out`,
  patchOnly: `.patchOnly() keeps a field from joiners, but ${WHOLE_WORLD}; leave .patchOnly() out`,
  fullStateOnly: `.fullStateOnly() keeps changes from clients, but ${WHOLE_WORLD}; leave .fullStateOnly() out`,
  stream: `.stream() sends a part of the members at a time, but ${WHOLE_WORLD}; leave .stream() out`,
  deprecated: ".deprecated() fields are not sent; remove the field",
  optional: '.optional() fields may be undefined; use a neutral value (0, false, ""), or a map with or without a key',
};

const write = (name: string, isChild: boolean): string => (isChild ? JSON.stringify(name) : `t.${name}()`);

/** Throws for a primitive type that is not kept; `isChild` when it is written as an element, `t.array("number")`. */
export function refusePrimitive(name: string, path: string, isChild: boolean): never {
  const refusal = PRIMITIVES[name];
  if (refusal === undefined) throw new LayoutError(path, `${JSON.stringify(name)} is not a type the codec knows`);
  const instead = refusal.instead.map((other) => write(other, isChild)).join(" or ");
  throw new LayoutError(path, `${write(name, isChild)} ${refusal.reason}; use ${instead}`);
}

/** Throws when a type object is of a kind that is not kept. */
export function refuseContainer(type: object, path: string): void {
  // `stream` first: a stream may carry other keys beside it
  for (const kind of Object.keys(CONTAINERS)) if (kind in type) throw new LayoutError(path, CONTAINERS[kind]!);
}

/** Throws when a field's metadata carries a modifier that plain data cannot honour. */
export function refuseModifiers(field: Readonly<Record<string, unknown> & { type: unknown }>, path: string): void {
  // t.stream() sets the flag too, and its own message says more
  const isStreamType = typeof field.type === "object" && field.type !== null && "stream" in field.type;
  for (const [modifier, reason] of Object.entries(MODIFIERS)) {
    if (modifier === "stream" && isStreamType) continue;
    const value = field[modifier];
    if (value !== undefined && value !== false) throw new LayoutError(path, reason);
  }
}
