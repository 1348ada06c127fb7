/** The search for an infinite number in a world: it fits `t.float64()`, but is seldom meant. */
import type { FieldType, RecordLayout } from "../shared/engine/layout/layout.ts";

/** The path of the first one, or undefined. */
export function findInfinite(layout: RecordLayout, value: unknown, path: string): string | undefined {
  return find({ kind: "record", record: layout }, value, path);
}

function find(type: FieldType, value: unknown, path: string): string | undefined {
  switch (type.kind) {
    case "float64":
      return Number.isFinite(value) ? undefined : path;
    case "record":
      return first(type.record.fields, (field) =>
        find(field.type, (value as Record<string, unknown>)[field.name], `${path}.${field.name}`),
      );
    case "array":
      return first((value as unknown[]).entries(), ([i, item]) => find(type.of, item, `${path}[${i}]`));
    case "map":
      return first(value as Map<number, unknown>, ([key, item]) => find(type.of, item, `${path}[${key}]`));
    default:
      return undefined;
  }
}

function first<Item>(items: Iterable<Item>, look: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
