/** From a schema instance, as Colyseus decodes it, to the plain data that rules and views know. */
import type { FieldType, RecordLayout } from "../../shared/engine/codec/layout.ts";

/** A copy of a schema instance as plain data, by the layout of its declaration. */
export function plainRecord(layout: RecordLayout, from: unknown): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const { name, type } of layout.fields) plain[name] = plainValue(type, (from as Record<string, unknown>)[name]);
  return plain;
}

function plainValue(type: FieldType, from: unknown): unknown {
  if (type.kind === "record") return plainRecord(type.record, from);
  if (type.kind === "array") return Array.from(from as Iterable<unknown>, (item) => plainValue(type.of, item));
  if (type.kind !== "map") return from;
  const plain = new Map<number, unknown>();
  // By number: a schema's map comes in whatever order the wire gave it.
  const entries = Array.from((from as Map<string, unknown>).entries(), ([key, item]) => [Number(key), item] as const);
  for (const [key, item] of entries.sort(([a], [b]) => a - b)) plain.set(key, plainValue(type.of, item));
  return plain;
}
