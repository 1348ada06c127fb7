/** Small changes of a plain world of any layout: what rules do in a tick, each kind of change often enough to meet the others. */

import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { FieldType, RecordLayout } from "../../../shared/engine/layout/layout.ts";
import { anyRecord, anyValue } from "../any-plain.ts";

const MOST_KEYS = 6;

/** Changes some of it in place. */
export function changeRecord(layout: RecordLayout, record: Record<string, unknown>, random: WorldRandom): void {
  for (const { name, type } of layout.fields)
    if (random.chance(0.5)) record[name] = changed(type, record[name], random);
}

function changed(type: FieldType, value: unknown, random: WorldRandom): unknown {
  switch (type.kind) {
    case "record":
      if (random.chance(0.1)) return anyRecord(type.record, random);
      changeRecord(type.record, value as Record<string, unknown>, random);
      return value;
    case "array":
      return changedArray(type.of, value as unknown[], random);
    case "map":
      return changedMap(type.of, value as Map<number, unknown>, random);
    case "float64":
      // The one number that is equal to another one and is not the same.
      return typeof value === "number" && random.chance(0.3) ? -value : anyValue(type, random);
    default:
      return anyValue(type, random);
  }
}

function changedArray(of: FieldType, items: unknown[], random: WorldRandom): unknown[] {
  const acts: (() => unknown)[] = [
    () => items.push(anyValue(of, random)),
    () => items.pop(),
    () => items.shift(),
    () => items.unshift(anyValue(of, random)),
    () => items.splice(random.int(0, items.length), random.int(0, 2), anyValue(of, random)),
    () => items.reverse(),
    () => random.shuffle(items),
    () => items.splice(0),
    () => items.splice(0, items.length, ...items.map((item) => changed(of, item, random))),
  ];
  for (let i = random.int(1, 3); i > 0; i--) random.pick(acts)();
  return items;
}

function changedMap(of: FieldType, items: Map<number, unknown>, random: WorldRandom): Map<number, unknown> {
  const key = (): number =>
    items.size > 0 && random.chance(0.7)
      ? random.pick([...items.keys()])
      : random.pick([0, 1, 2, 9, 10, -1, 2 ** 31 - 1, -(2 ** 31), random.int(-300, 300)]);
  const acts: (() => unknown)[] = [
    () => items.set(key(), anyValue(of, random)),
    () => items.delete(key()),
    // The same key again, at the end.
    () => {
      const again = key();
      items.delete(again);
      items.set(again, anyValue(of, random));
    },
    () => items.clear(),
    () => items.forEach((item, at) => void items.set(at, changed(of, item, random))),
  ];
  for (let i = random.int(1, 3); i > 0; i--) random.pick(acts)();
  if (random.chance(0.1)) return new Map(random.shuffle([...items]));
  while (items.size > MOST_KEYS) items.delete(key());
  return items;
}
