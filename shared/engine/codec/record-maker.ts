/** Source that makes a record: a literal, or for records of float64 fields a constructor's call. */
import { member, Source } from "./compile.ts";
import type { FieldType } from "./layout.ts";
import { oncePerType } from "./once.ts";

type RecordType = FieldType & { readonly kind: "record" };

/**
 * Source of a new record; `values` are the sources of its fields in declaration order.
 *
 * Measured reason for the constructor: V8 gives object literals with the same keys one hidden class, and
 * `schema({ x: t.float64() })` is such a literal. It teaches the class that `x` can be an object; from then on every
 * fraction written to `x` of any record of this class is boxed anew (16 bytes, and a step is 6 times slower). A
 * constructor has a hidden class of its own. Whole numbers are not boxed: their records stay of one class with those
 * that the rules write as literals.
 */
export function makeRecord(type: RecordType, values: readonly string[], source: Source): string {
  const { fields } = type.record;
  if (fields.some((field) => field.type.kind === "float64"))
    return `new ${source.link(constructorOf(type))}(${values.join(", ")})`;
  return `{ ${fields.map(({ name }, i) => `${JSON.stringify(name)}: ${values[i]}`).join(", ")} }`;
}

const constructorOf: (type: FieldType) => unknown = oncePerType((type) => {
  const { fields } = (type as RecordType).record;
  const values = fields.map((_, i) => `value${i}`).join(", ");
  const stores = fields.map(({ name }, i) => `${member("this", name)} = value${i};`).join(" ");
  const maker = new Source().compile<{ prototype: object }>(`function Record(${values}) { ${stores} }`);
  // what it makes is a plain object all the same
  maker.prototype = Object.prototype;
  return maker;
});
