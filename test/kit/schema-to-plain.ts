/** Reads a decoded schema instance back into plain data, by the layout: what a stock client's world is compared as. */
import type { FieldType, RecordLayout } from "../../shared/engine/codec/layout.ts";

function value(type: FieldType, from: unknown): unknown {
  if (type.kind === "record") return asPlain(type.record, from);
  if (type.kind === "array") return Array.from(from as Iterable<unknown>, (item) => value(type.of, item));
  if (type.kind === "map")
    return new Map(
      Array.from((from as Map<string, unknown>).entries(), ([key, item]) => [Number(key), value(type.of, item)]),
    );
  return from;
}

export function asPlain(layout: RecordLayout, from: unknown): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const { name, type } of layout.fields) plain[name] = value(type, (from as Record<string, unknown>)[name]);
  return plain;
}
