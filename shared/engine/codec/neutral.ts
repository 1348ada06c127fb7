/** The neutral value of a type: 0, false, "", empty containers, records of these. */
import type { FieldType } from "../layout/layout.ts";

export function neutral(type: FieldType): unknown {
  switch (type.kind) {
    case "int":
    case "float64":
      return 0;
    case "boolean":
      return false;
    case "string":
      return "";
    case "record": {
      const record: Record<string, unknown> = {};
      for (const field of type.record.fields) record[field.name] = neutral(field.type);
      return record;
    }
    case "array":
      return [];
    case "map":
      return new Map();
  }
}
