/** The standing of a match in bytes: JSON, because it is small, seldom written, and read by people who look into a journal. */
import { fromBase64, toBase64 } from "../engine/bytes/base64.ts";
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import type { SavedStanding } from "./saved-match.ts";

const out = new ByteWriter();

/** A copy with bytes as text. JSON can ask a function about every value by itself, which takes several times as long. */
function withText(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { base64: toBase64(value) };
  if (Array.isArray(value)) return value.map(withText);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = withText((value as Record<string, unknown>)[key]);
  return copy;
}

/** The value with text as bytes again, in place. */
function withBytes(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (typeof fields.base64 === "string") return fromBase64(fields.base64);
  for (const key of Object.keys(fields)) fields[key] = withBytes(fields[key]);
  return fields;
}

/** Good until the next call. */
export function writeStanding(standing: SavedStanding): Uint8Array {
  out.reset().string(JSON.stringify(withText(standing)));
  return out.view();
}

/** Undefined when the bytes are cut off or no JSON. What is in it is trusted: a journal is the server's own. */
export function readStanding(bytes: Uint8Array): SavedStanding | undefined {
  const input = new ByteReader(bytes);
  const text = input.string();
  if (input.failed || input.remaining > 0) return undefined;
  try {
    return withBytes(JSON.parse(text)) as SavedStanding;
  } catch {
    return undefined;
  }
}
