/** Random plain worlds of any layout, each value settled: what mirrors and codecs must cope with, likely or not. */
import { INT_WIRES } from "../../shared/engine/bytes/int-wire.ts";
import type { WorldRandom } from "../../shared/engine/game/random.ts";
import type { FieldType, RecordLayout } from "../../shared/engine/layout/layout.ts";

/** Few enough that the same keys come, go and come back. */
const KEYS = [0, 1, 2, 3, 4, 5, -1, 1_000_000];
const MOST_ITEMS = 7;
const TEXTS = [
  "",
  "a",
  "帧同步",
  "two words",
  "\u0000",
  "a\u0000b",
  "😀",
  "👨‍👩‍👧",
  "x".repeat(31),
  "é".repeat(40),
  "\uffff".repeat(90),
];

export function anyRecord(layout: RecordLayout, random: WorldRandom): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const { name, type } of layout.fields) record[name] = anyValue(type, random);
  return record;
}

/** A settled value of a type. */
export function anyValue(type: FieldType, random: WorldRandom): unknown {
  switch (type.kind) {
    case "int": {
      const { min, max } = INT_WIRES[type.wire];
      return random.pick([0, 1, min, max, random.int(min, max)]);
    }
    case "float64":
      return random.pick([
        0,
        -0,
        0.1,
        5e-324,
        -1e300,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        random.float(),
      ]);
    case "boolean":
      return random.chance(0.5);
    case "string":
      return random.pick(TEXTS);
    case "record":
      return anyRecord(type.record, random);
    case "array":
      return Array.from({ length: random.int(0, MOST_ITEMS) }, () => anyValue(type.of, random));
    case "map":
      return new Map(
        random
          .shuffle([...KEYS])
          .slice(0, random.int(0, KEYS.length))
          .map((key) => [key, anyValue(type.of, random)]),
      );
  }
}
