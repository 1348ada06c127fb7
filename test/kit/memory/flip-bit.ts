/** Bad memory on purpose: one bit of one number of a world is another one. */

import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { FieldType, RecordLayout } from "../../../shared/engine/layout/layout.ts";
import type { Simulation } from "../../../shared/engine/sim/simulation.ts";

interface Leaf {
  readonly path: string;
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

function leavesOf(layout: RecordLayout, record: Record<string, unknown>, path: string, found: Leaf[]): void {
  for (const { name, type } of layout.fields)
    walk(type, record[name], `${path}${name}`, { holder: record, name, found });
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
  readonly found: Leaf[];
}

function walk(type: FieldType, value: unknown, path: string, { holder, name, found }: Place): void {
  if (type.kind === "record") leavesOf(type.record, value as Record<string, unknown>, `${path}.`, found);
  else if (type.kind === "map")
    for (const [key, item] of value as Map<number, unknown>)
      walk(type.of, item, `${path}[${key}]`, { holder, name, found });
  else if (type.kind === "array")
    for (const [i, item] of (value as unknown[]).entries())
      if (type.of.kind === "record") walk(type.of, item, `${path}[${i}]`, { holder, name, found });
      else found.push({ path: `${path}[${i}]`, holder: value as unknown as Record<string, unknown>, name: String(i) });
  else if (type.kind === "int" && typeof holder[name] === "number") found.push({ path, holder, name });
}

/** Flips the lowest bit of a random whole number of the world's state; returns its path. */
export function flipBit<I, S>(world: Simulation<I, S>, random: WorldRandom): string {
  const found: Leaf[] = [];
  leavesOf(world.codec.layout, world.state as Record<string, unknown>, "", found);
  const { path, holder, name } = random.pick(found);
  holder[name] = (holder[name] as number) ^ 1;
  return path;
}
