/** The size of a type's values on the wire, so that generated code checks room once for many values. */
import { INT_WIRES } from "../bytes/int-wire.ts";
import type { FieldType } from "../layout/layout.ts";

/** Bytes of every value of the type, or undefined when values differ in length. */
export function fixedSize(type: FieldType): number | undefined {
  switch (type.kind) {
    case "int":
      return INT_WIRES[type.wire].bits / 8;
    case "float64":
      return 8;
    case "boolean":
      return 1;
    case "record": {
      let size = 0;
      for (const field of type.record.fields) {
        const part = fixedSize(field.type);
        if (part === undefined) return undefined;
        size += part;
      }
      return size;
    }
    default:
      return undefined;
  }
}

/** Bytes of the shortest value of the type; at least 1, so that a told count is bounded by the bytes present (R13). */
export function leastSize(type: FieldType): number {
  if (type.kind !== "record") return fixedSize(type) ?? 1;
  return type.record.fields.reduce((sum, field) => sum + leastSize(field.type), 0);
}
