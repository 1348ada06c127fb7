/** The differences between two values of one type, leaf by leaf: what a desync report shows (R7). */
import type { FieldType, RecordLayout } from "../layout/layout.ts";

export interface Difference {
  /** Such as `players[3].x`. */
  readonly path: string;
  readonly a: unknown;
  readonly b: unknown;
}

const ABSENT = "absent";

/** A value of a difference as text: unlike `String`, and JSON, it tells -0 from 0. */
export const shownValue = (value: unknown): string => (Object.is(value, -0) ? "-0" : String(value));

/** The first `limit` differing leaves in wire order; empty exactly when both values have the same bytes. */
export function diffValues(layout: RecordLayout, a: unknown, b: unknown, limit: number): Difference[] {
  const found: Difference[] = [];
  compare({ kind: "record", record: layout }, a, b, "", { found, limit });
  return found;
}

interface Findings {
  readonly found: Difference[];
  readonly limit: number;
}

function note(path: string, a: unknown, b: unknown, { found, limit }: Findings): void {
  if (found.length < limit) found.push({ path, a, b });
}

function compare(type: FieldType, a: unknown, b: unknown, path: string, findings: Findings): void {
  if (findings.found.length >= findings.limit) return;
  switch (type.kind) {
    case "record":
      for (const field of type.record.fields) {
        const fieldPath = path === "" ? field.name : `${path}.${field.name}`;
        const [left, right] = [a, b].map((side) => (side as Record<string, unknown>)[field.name]);
        compare(field.type, left, right, fieldPath, findings);
      }
      return;
    case "array":
      compareArrays(type.of, a as unknown[], b as unknown[], path, findings);
      return;
    case "map":
      compareMaps(type.of, a as Map<number, unknown>, b as Map<number, unknown>, path, findings);
      return;
    default:
      if (!Object.is(a, b)) note(path, a, b, findings);
  }
}

function compareArrays(of: FieldType, a: unknown[], b: unknown[], path: string, findings: Findings): void {
  if (a.length !== b.length) note(`${path}.length`, a.length, b.length, findings);
  const both = Math.min(a.length, b.length);
  for (let i = 0; i < both && findings.found.length < findings.limit; i++)
    compare(of, a[i], b[i], `${path}[${i}]`, findings);
}

function compareMaps(
  of: FieldType,
  a: Map<number, unknown>,
  b: Map<number, unknown>,
  path: string,
  findings: Findings,
): void {
  for (const [key, item] of a) {
    if (b.has(key)) compare(of, item, b.get(key), `${path}[${key}]`, findings);
    else note(`${path}[${key}]`, shown(item), ABSENT, findings);
  }
  for (const [key, item] of b) if (!a.has(key)) note(`${path}[${key}]`, ABSENT, shown(item), findings);
  compareOrder([...a.keys()], [...b.keys()], path, findings);
}

/** Two maps with the same keys in another order are two states: rules that iterate tell them apart. */
function compareOrder(a: number[], b: number[], path: string, findings: Findings): void {
  const known = new Set(b);
  if (a.length !== b.length || !a.every((key) => known.has(key))) return;
  const at = a.findIndex((key, i) => key !== b[i]);
  if (at >= 0) note(`${path}.keys()[${at}]`, a[at], b[at], findings);
}

/** A report outlives the tick it was made in, so it must not hold live records. */
function shown(item: unknown): unknown {
  return typeof item === "object" && item !== null ? "present" : item;
}
