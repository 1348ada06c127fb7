/** The signs of zeros, taken away: a decoder that lived through another full state keeps those it had. */

/** A copy of a plain value in which every -0 is 0. */
export function withoutZeroSigns<T>(value: T): T {
  return unsigned(value) as T;
}

function unsigned(value: unknown): unknown {
  if (value === 0) return 0;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unsigned);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, unsigned(item)]));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, unsigned(part)]));
}
