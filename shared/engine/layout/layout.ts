/**
 * The layout that a schema class declares, read once: the only file that knows how @colyseus/schema keeps its metadata.
 */
import { Schema } from "@colyseus/schema";
import { INT_WIRES, type IntWire } from "../bytes/int-wire.ts";
import { lengthOf } from "./at-most.ts";
import { LayoutError, refuseContainer, refuseModifiers, refusePrimitive } from "./layout-refusals.ts";
import type { SchemaClass } from "./plain.ts";

export type { IntWire } from "../bytes/int-wire.ts";
export { LayoutError } from "./layout-refusals.ts";

export type FieldType =
  | { kind: "int"; wire: IntWire }
  | { kind: "float64" }
  | { kind: "boolean" }
  | { kind: "string"; most?: number | undefined }
  | { kind: "record"; record: RecordLayout }
  | { kind: "array"; of: FieldType; most?: number | undefined }
  | { kind: "map"; of: FieldType };

export interface RecordLayout {
  /** The name given to `schema({...}, "Name")`. */
  readonly name: string;
  /** The class itself: what the mirror of the stream plane makes instances of. */
  readonly schema: SchemaClass<unknown>;
  /** In declaration order, inherited fields first: the order of the wire. */
  readonly fields: readonly { readonly name: string; readonly type: FieldType }[];
}

type AnyClass = SchemaClass<unknown>;
type Metadata = Record<number, (Record<string, unknown> & { name: string; type: unknown }) | undefined>;

/** One layout per class, so that a record type used in two places is compiled once. */
const layouts = new WeakMap<AnyClass, RecordLayout>();

/**
 * The layout of a class made by `schema({...}, "Name")`, inherited fields included.
 *
 * @param path what to call the record in messages, such as the game's name.
 * @throws LayoutError naming the path of the first declaration that plain data cannot keep, and what to use instead.
 */
export function readLayout(type: AnyClass, path: string): RecordLayout {
  return readRecord(type, path, []);
}

function readRecord(type: AnyClass, path: string, enclosing: readonly AnyClass[]): RecordLayout {
  if (enclosing.includes(type))
    throw new LayoutError(
      path,
      `${type.name} contains itself; keep such records in one t.map() and refer to their keys`,
    );
  const known = layouts.get(type);
  if (known !== undefined) return known;
  const metadata = metadataOf(type, path);
  refuseMethods(type, path);
  const fields: { name: string; type: FieldType }[] = [];
  for (let i = 0; ; i++) {
    const field = metadata[i];
    if (field === undefined) break;
    if (typeof field !== "object" || field.name in Schema.prototype)
      throw new LayoutError(`${path}.${field.name ?? i}`, "this name is taken by @colyseus/schema; choose another one");
    const fieldPath = `${path}.${field.name}`;
    refuseModifiers(field, fieldPath);
    const most = lengthOf(type, field.name);
    const read = readType(field.type, fieldPath, [...enclosing, type]);
    fields.push({ name: field.name, type: most === undefined ? read : ({ ...read, most } as FieldType) });
  }
  if (fields.length === 0) throw new LayoutError(path, `${type.name} has no fields; declare at least one`);
  const layout: RecordLayout = { name: type.name || "record", schema: type, fields };
  refuseDefaults(type, layout, path);
  layouts.set(type, layout);
  return layout;
}

function readType(type: unknown, path: string, enclosing: readonly AnyClass[], isChild = false): FieldType {
  if (typeof type === "string") {
    if (type in INT_WIRES) return { kind: "int", wire: type as IntWire };
    if (type === "float64" || type === "boolean" || type === "string") return { kind: type };
    return refusePrimitive(type, path, isChild);
  }
  if (typeof type === "function") return { kind: "record", record: readRecord(type as AnyClass, path, enclosing) };
  if (typeof type !== "object" || type === null) throw new LayoutError(path, `${String(type)} is not a type`);
  refuseContainer(type, path);
  if (isChild)
    throw new LayoutError(path, "a container directly in a container cannot be declared; put a schema in between");
  if ("array" in type) return { kind: "array", of: readType(type.array, `${path}[]`, enclosing, true) };
  if ("map" in type) return { kind: "map", of: readType(type.map, `${path}[]`, enclosing, true) };
  throw new LayoutError(path, `{ ${Object.keys(type).join(", ")} } is not a type the codec knows`);
}

function metadataOf(type: AnyClass, path: string): Metadata {
  // @colyseus/schema defines the symbol itself where the engine lacks it
  const key = (Symbol as unknown as { metadata: symbol }).metadata;
  const isSchema = typeof type === "function" && type.prototype instanceof Schema;
  const metadata = isSchema ? (type as unknown as Record<symbol, Metadata | undefined>)[key] : undefined;
  if (metadata === undefined || metadata === null)
    throw new LayoutError(path, 'this is not a schema; declare it with schema({ ... }, "Name")');
  return metadata;
}

function refuseMethods(type: AnyClass, path: string): void {
  for (let proto = type.prototype; proto !== Schema.prototype; proto = Object.getPrototypeOf(proto))
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(proto)))
      if (name !== "constructor" && typeof (property as PropertyDescriptor).value === "function")
        throw new LayoutError(
          `${path}.${name}`,
          "plain data has no methods; write a function that takes the record instead",
        );
}

/**
 * `.noSync()` fields are not in the metadata, and a default is in none at all: both show on a fresh instance only. (A
 * `.noSync()` primitive without a default leaves no trace; `settle` refuses it as soon as `setup` returns it.)
 */
function refuseDefaults(type: AnyClass, layout: RecordLayout, path: string): void {
  const instance = new type() as Record<string, unknown>;
  for (const name of Object.keys(instance))
    if (!layout.fields.some((field) => field.name === name))
      throw new LayoutError(
        `${path}.${name}`,
        ".noSync() fields would be lost in snapshots and rollbacks; leave .noSync() out",
      );
  for (const field of layout.fields)
    if (!isNeutral(field.type, instance[field.name]))
      throw new LayoutError(
        `${path}.${field.name}`,
        ".default() is not applied to plain data; leave it out and let setup or join give the first value",
      );
}

function isNeutral(type: FieldType, value: unknown): boolean {
  if (value === undefined) return true;
  switch (type.kind) {
    case "record":
      return type.record.fields.every((field) =>
        isNeutral(field.type, (value as Record<string, unknown> | null)?.[field.name]),
      );
    case "array":
      return (value as ArrayLike<unknown>).length === 0;
    case "map":
      return (value as ReadonlyMap<unknown, unknown>).size === 0;
    default:
      return value === 0 || value === false || value === "";
  }
}
