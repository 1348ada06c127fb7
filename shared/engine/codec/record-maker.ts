/** Source that makes a record: a literal, or for records of float64 fields a constructor's call. */

import type { FieldType } from "../layout/layout.ts";
import { member, Source } from "./compile.ts";
import { oncePerType } from "./per-class.ts";

type RecordType = FieldType & { readonly kind: "record" };

/**
 * Source of a new record; `values` are the sources of its fields in declaration order.
 *
 * Measured reason for the constructor: V8 gives object literals with the same keys one hidden class, and
 * `schema({ x: t.float64() })` is such a literal. It teaches the class that `x` can be an object; from then on every
 * fraction written to `x` of any record of this class is boxed again (16 bytes, and a step is 6 times slower). A
 * constructor has a hidden class of its own. Whole numbers are not boxed: their records stay of one class with those
 * that the rules write as literals.
 */
export function makeRecord(type: RecordType, values: readonly string[], source: Source): string {
  const { fields } = type.record;
  if (fields.some((field) => field.type.kind === "float64"))
    return `new ${source.link(constructorOf(type))}(${values.join(", ")})`;
  literalOf(type);
  return literal(type, values);
}

const literal = (type: RecordType, values: readonly string[]): string =>
  `{ ${type.record.fields.map(({ name }, i) => `${JSON.stringify(name)}: ${values[i]}`).join(", ")} }`;

/**
 * A literal with the keys of the type, kept as long as the type: it keeps their hidden class, in which every field has
 * been an object and a small number, and so can be anything.
 *
 * Measured reason: the class is as mortal as what is of it. The schema's literal goes with the first collection, and the
 * class that a rule's literal then founds takes its fields for small numbers. An addition in code that V8 has not
 * optimized yet gives even 15 as a float, and the first one that is written makes that class obsolete. The optimized rule
 * goes on making records of it, every one of which is moved to the new class when it is first read, and what reads
 * at them first is not optimized meanwhile: a server with a full load of `arena` then needs a seventh more.
 */
const literalOf: (type: FieldType) => unknown = oncePerType((type) => {
  const { fields } = (type as RecordType).record;
  const body = literal(
    type as RecordType,
    fields.map(() => "value"),
  );
  const make = new Source().compile<(value: unknown) => object>(`function make(value) { return ${body}; }`);
  make(null);
  return make(0);
});

const constructorOf: (type: FieldType) => unknown = oncePerType((type) => {
  const { fields } = (type as RecordType).record;
  const values = fields.map((_, i) => `value${i}`).join(", ");
  const stores = fields.map(({ name }, i) => `${member("this", name)} = value${i};`).join(" ");
  const maker = new Source().compile<{ prototype: object }>(`function Record(${values}) { ${stores} }`);
  // what it makes is a plain object all the same
  maker.prototype = Object.prototype;
  return maker;
});
