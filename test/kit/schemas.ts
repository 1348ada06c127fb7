/** Random schema classes and random values of them. */
import { type Schema, schema, t } from "@colyseus/schema";
import fc from "fast-check";
import { INT_WIRES, type IntWire } from "../../shared/engine/bytes/int-wire.ts";
import type { FieldType, RecordLayout } from "../../shared/engine/layout/layout.ts";
import type { SchemaClass } from "../../shared/engine/layout/plain.ts";

export type AnyRecord = Record<string, unknown>;
export type AnySchema = SchemaClass<AnyRecord> & (new () => Schema);

/** What to declare; a tree, because schema classes themselves do not shrink. */
type Leaf = IntWire | "float64" | "boolean" | "string";
type Part = Leaf | { record: Part[] } | { array: Leaf | { record: Part[] } } | { map: Leaf | { record: Part[] } };

const INTS = Object.keys(INT_WIRES) as IntWire[];
/** Names that source text or a look-up could trip over, besides ordinary ones. */
const NAMES = [
  "x",
  "y",
  "血量",
  "with space",
  'quo"te\\',
  "value",
  "from",
  "into",
  "out",
  "at",
  "view",
  "this",
  "\u2028",
];

const number = fc.constantFrom<Leaf>(...INTS, "float64", "boolean");
const leaf: fc.Arbitrary<Leaf> = fc.oneof(number, fc.constant<Leaf>("string"));

const { parts } = fc.letrec<{
  part: Part;
  record: { record: Part[] };
  element: Leaf | { record: Part[] };
  parts: Part[];
}>((tie) => ({
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    tie("record"),
    fc.record({ array: tie("element") }),
    fc.record({ map: tie("element") }),
  ),
  element: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("record")),
  record: fc.record({ record: tie("parts") }),
  parts: fc.array(tie("part"), { minLength: 1, maxLength: 6 }),
}));

const classOf = (parts: readonly Part[]): AnySchema =>
  schema(
    Object.fromEntries(
      parts.map((part, i) => {
        const name = `${NAMES[i % NAMES.length]}${i < NAMES.length ? "" : i}`;
        if (typeof part === "string") return [name, t[part]()];
        if ("record" in part) return [name, t.ref(classOf(part.record))];
        if ("array" in part) return [name, t.array(elementOf(part.array) as "int8")];
        return [name, t.map(elementOf(part.map) as "int8")];
      }),
    ),
    "Random",
  ) as unknown as AnySchema;

const elementOf = (element: Leaf | { record: Part[] }) =>
  typeof element === "string" ? element : classOf(element.record);

export const anySchema: fc.Arbitrary<AnySchema> = parts.map(classOf);
/** Flat ones, as inputs are. */
export const anyInputSchema: fc.Arbitrary<AnySchema> = fc
  .array(number, { minLength: 1, maxLength: NAMES.length })
  .map(classOf);

// Made once: a random schema has many of them, and to make one costs more than to draw from it.
const WHOLE = Object.fromEntries(
  INTS.map((wire) => {
    const { min, max } = INT_WIRES[wire];
    return [wire, fc.oneof(fc.constantFrom(0, min, max), fc.integer({ min, max }))];
  }),
) as Record<IntWire, fc.Arbitrary<number>>;
const FLOAT = fc.oneof(fc.constantFrom(0, -0, Infinity, -Infinity, 0.1, 5e-324), fc.double({ noNaN: true }));
const FLAG = fc.boolean();
/** Any characters, NUL and those of two code units included. */
const TEXT = fc.string({ unit: "binary", maxLength: 5 });
const KEY = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer());

/** Settled values of a type: no -0 in whole-number fields, no NaN. */
export function anyValueOf(type: FieldType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "int":
      return WHOLE[type.wire];
    case "float64":
      return FLOAT;
    case "boolean":
      return FLAG;
    case "string":
      return TEXT;
    case "record":
      return anyRecordOf(type.record);
    case "array":
      return fc.array(anyValueOf(type.of), { maxLength: 6 });
    case "map":
      return fc
        .uniqueArray(fc.tuple(KEY, anyValueOf(type.of)), {
          maxLength: 6,
          selector: ([key]) => key,
        })
        .map((entries) => new Map(entries));
  }
}

export const anyRecordOf = (layout: Pick<RecordLayout, "fields">): fc.Arbitrary<AnyRecord> =>
  fc
    .tuple(...layout.fields.map((field) => anyValueOf(field.type)))
    .map((values) => Object.fromEntries(layout.fields.map(({ name }, i) => [name, values[i]])));

/** Every object, array and map a value is made of. */
export function objectsOf(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== "object" || value === null) return found;
  found.add(value);
  for (const part of value instanceof Map ? value.values() : Object.values(value)) objectsOf(part, found);
  return found;
}
