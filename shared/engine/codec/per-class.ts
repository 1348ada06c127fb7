/** A memory of what was built: compiled functions per type, codecs per class and path. */
import { type FieldType, type RecordLayout, readLayout } from "../layout/layout.ts";
import type { SchemaClass } from "../layout/plain.ts";

/** `build`, run once for each record, array or map type, so that places of one type share one compiled function. */
export function oncePerType<T>(build: (type: FieldType) => T): (type: FieldType) => T {
  const built = new WeakMap<object, T>();
  return (type) => {
    const key = type.kind === "record" ? type.record : type;
    let result = built.get(key);
    if (result === undefined) {
      result = build(type);
      built.set(key, result);
    }
    return result;
  };
}

/**
 * `build`, run once for each class and path. The path is what messages call the value; the name of the schema when it
 * is left out.
 */
export function oncePerClass<T>(
  build: (layout: RecordLayout, path: string) => T,
): (type: SchemaClass<unknown>, path?: string) => T {
  const built = new WeakMap<object, Map<string, T>>();
  return (type, path = type?.name || "schema") => {
    let byPath = built.get(type);
    let result = byPath?.get(path);
    if (result === undefined) {
      result = build(readLayout(type, path), path);
      byPath ??= new Map();
      built.set(type, byPath.set(path, result));
    }
    return result;
  };
}
