/** A copy of plain data, which shares no object with it. */

export function clonePlain<T>(value: T): T {
  return clone(value) as T;
}

function clone(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(clone);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(value)) copy[name] = clone((value as Record<string, unknown>)[name]);
  return copy;
}
