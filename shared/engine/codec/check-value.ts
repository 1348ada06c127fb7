/** The slow check: finds the first part of a value that does not fit, with its path. Runs when the quick one says no. */
import type { FieldType, RecordLayout } from "../layout/layout.ts";
import { describe, misfit } from "./misfit.ts";
import { ValueError } from "./value-error.ts";

interface Strictness {
  /** Path of every object met so far: one object in two places would come back as two. */
  readonly seen: Map<object, string>;
}

/**
 * Throws for the first misfit below `value`; turns -0 of whole-number fields into 0.
 *
 * With `isStrict` it also finds what costs too much to look for after every step: an object in two places, getters,
 * properties under symbols, properties hidden from loops, class instances, and properties on arrays and maps.
 *
 * @throws ValueError
 */
export function checkValue(type: FieldType, value: unknown, path: string, isStrict: boolean): void {
  check(type, value, path, isStrict ? { seen: new Map() } : undefined);
}

/** Returns whether `value` is a -0 that its owner must replace. */
function check(type: FieldType, value: unknown, path: string, strictness: Strictness | undefined): boolean {
  switch (type.kind) {
    case "record":
      checkRecord(type.record, value, path, strictness);
      return false;
    case "array":
      checkArray(type, value, path, strictness);
      return false;
    case "map":
      checkMap(type.of, value, path, strictness);
      return false;
    default: {
      const reason = misfit(type, value);
      if (reason !== undefined) throw new ValueError(path, reason);
      return type.kind === "int" && Object.is(value, -0);
    }
  }
}

function checkRecord(layout: RecordLayout, value: unknown, path: string, strictness: Strictness | undefined): void {
  if (value === undefined) throw new ValueError(path, "is missing");
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Map)
    throw new ValueError(path, `${describe(value)} is not a ${layout.name} record`);
  if (strictness !== undefined) checkObject(value, Object.prototype, path, strictness);
  const record = value as Record<string, unknown>;
  // extra ones first: a misspelt property is both missing and extra, and its name is what helps
  for (const key of strictness === undefined ? Object.keys(record) : Reflect.ownKeys(record))
    if (!layout.fields.some((field) => field.name === key))
      throw new ValueError(
        `${path}.${String(key)}`,
        `is not declared in ${layout.name} (or is .noSync()), so it would be lost; add it to the schema or remove it`,
      );
  for (const { name, type } of layout.fields) {
    if (check(type, record[name], `${path}.${name}`, strictness)) record[name] = 0;
  }
}

function checkArray(
  type: FieldType & { kind: "array" },
  value: unknown,
  path: string,
  strictness: Strictness | undefined,
): void {
  if (value === undefined) throw new ValueError(path, "is missing");
  if (!Array.isArray(value)) throw new ValueError(path, `${describe(value)} is not an array`);
  const { of, most } = type;
  if (most !== undefined && value.length > most)
    throw new ValueError(path, `has ${value.length} items, and may have ${most}`);
  if (strictness !== undefined) checkObject(value, Array.prototype, path, strictness);
  for (let i = 0; i < value.length; i++) {
    if (!(i in value)) throw new ValueError(`${path}[${i}]`, "is a hole; fill it or use a map");
    if (check(of, value[i], `${path}[${i}]`, strictness)) value[i] = 0;
  }
  if (strictness !== undefined && Reflect.ownKeys(value).length !== value.length + 1)
    throw new ValueError(path, "is an array with named properties, which would be lost; declare them in the schema");
}

function checkMap(of: FieldType, value: unknown, path: string, strictness: Strictness | undefined): void {
  if (value === undefined) throw new ValueError(path, "is missing");
  if (!(value instanceof Map)) throw new ValueError(path, `${describe(value)} is not a Map; write new Map()`);
  if (strictness !== undefined) checkObject(value, Map.prototype, path, strictness);
  for (const [key, item] of value) {
    if (typeof key !== "number" || (key | 0) !== key)
      throw new ValueError(
        `${path}[${describe(key)}]`,
        `the key ${describe(key)} is not a whole number from -2147483648 to 2147483647`,
      );
    if (check(of, item, `${path}[${key}]`, strictness)) value.set(key, 0);
  }
  if (strictness !== undefined && Reflect.ownKeys(value).length > 0)
    throw new ValueError(path, "is a Map with properties of its own, which would be lost; declare them in the schema");
}

function checkObject(value: object, prototype: object, path: string, strictness: Strictness): void {
  const elsewhere = strictness.seen.get(value);
  if (elsewhere !== undefined)
    throw new ValueError(path, `is the same object as ${elsewhere}; store a copy, or the key of the other one`);
  strictness.seen.set(value, path);
  if (Object.getPrototypeOf(value) !== prototype)
    throw new ValueError(path, "is an instance of a class, and its methods would be lost; use a plain object");
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(value)))
    if (property.get !== undefined || property.set !== undefined)
      throw new ValueError(`${path}.${name}`, "is a getter or setter, which would be lost; store the value");
}
