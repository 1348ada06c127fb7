/** A plain record made from a schema instance as Colyseus decodes it: the data that rules and views know. */
import type { FieldType, RecordLayout } from "../../shared/engine/layout/layout.ts";

/** A copy of a schema instance as plain data, by the layout of its declaration. */
export function plainRecord(layout: RecordLayout, from: unknown): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const { name, type } of layout.fields) plain[name] = plainValue(type, (from as Record<string, unknown>)[name]);
  return plain;
}

/** A decoded map with the numbers that stand for its keys on the wire. */
type DecodedMap = ReadonlyMap<string, unknown> & { readonly _collectionIndexes: Readonly<Record<string, number>> };

function plainValue(type: FieldType, from: unknown): unknown {
  if (type.kind === "record") return plainRecord(type.record, from);
  if (type.kind === "array") return Array.from(from as Iterable<unknown>, (item) => plainValue(type.of, item));
  if (type.kind !== "map") return from;
  const plain = new Map<number, unknown>();
  for (const key of keysInOrder(from as DecodedMap))
    plain.set(Number(key), plainValue(type.of, (from as DecodedMap).get(key)));
  return plain;
}

/**
 * The server numbers keys in the order of its own map, and a decoder has them in it, unless it lived on through a
 * reconnection: what it knew before stays where it was.
 */
function keysInOrder(map: DecodedMap): string[] {
  const at = map._collectionIndexes;
  return [...map.keys()].sort((a, b) => at[a]! - at[b]!);
}
