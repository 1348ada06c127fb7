/** The greatest length of an array or a text, which a command must declare: what comes from a player is bounded. */
import { LayoutError } from "./layout-refusals.ts";
import type { SchemaClass } from "./plain.ts";

/** The longest that can be declared: a command has 2 KB. */
export const MOST_ITEMS = 1024;

/** By the type as `t` makes it, until `schema` takes it over. */
const ofTypes = new WeakMap<object, number>();
/** By the class, then the name of the field. */
const ofClasses = new WeakMap<object, Map<string, number>>();

/**
 * An array or a text of a command, with its greatest length: `units: atMost(300, t.array("uint16"))`.
 *
 * @param length items of an array, UTF-16 code units of a text: whole, 1 to 1,024.
 * @throws LayoutError when the length is none, or the type is neither an array nor a text.
 */
export function atMost<Type extends object>(length: number, type: Type): Type {
  if (typeof length !== "number")
    throw new LayoutError("atMost", "takes the length first: atMost(300, t.array(...)), atMost(40, t.string())");
  if (!Number.isInteger(length) || length < 1 || length > MOST_ITEMS)
    throw new LayoutError("atMost", `${length} must be a whole number from 1 to ${MOST_ITEMS}`);
  const declared = (type as { readonly _type?: unknown } | undefined)?._type;
  const isArray = typeof declared === "object" && declared !== null && "array" in declared;
  if (!isArray && declared !== "string")
    throw new LayoutError("atMost", "takes t.array(...) or t.string() as its second argument");
  ofTypes.set(type, length);
  return type;
}

/** Keeps the lengths that the fields of a class were declared with. */
export function keepLengths(type: object, fields: object): void {
  const lengths = new Map<string, number>();
  for (const [name, field] of Object.entries(fields)) {
    const length = typeof field === "object" && field !== null ? ofTypes.get(field) : undefined;
    if (length !== undefined) lengths.set(name, length);
  }
  if (lengths.size > 0) ofClasses.set(type, lengths);
}

/** The greatest length that a field of this class, or of one that it is made from, was declared with. */
export function lengthOf(type: SchemaClass<unknown>, field: string): number | undefined {
  for (let at: object | null = type; at !== null; at = Object.getPrototypeOf(at)) {
    const length = ofClasses.get(at)?.get(field);
    if (length !== undefined) return length;
  }
  return undefined;
}
