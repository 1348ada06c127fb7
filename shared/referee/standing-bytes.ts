/** The standing of a match in bytes: JSON, because it is small, seldom written, and read by people who look into a journal. */
import { fromBase64, toBase64 } from "../engine/bytes/base64.ts";
import { ByteReader, ByteWriter } from "../engine/bytes/bytes.ts";
import type { SavedStanding } from "./saved-match.ts";

const out = new ByteWriter();

/** Good until the next call. */
export function writeStanding(standing: SavedStanding): Uint8Array {
  out
    .reset()
    .string(
      JSON.stringify(standing, (_key, value) => (value instanceof Uint8Array ? { base64: toBase64(value) } : value)),
    );
  return out.view();
}

/** Undefined when the bytes are cut off or no JSON. What is in it is trusted: a journal is the server's own. */
export function readStanding(bytes: Uint8Array): SavedStanding | undefined {
  const input = new ByteReader(bytes);
  const text = input.string();
  if (input.failed || input.remaining > 0) return undefined;
  try {
    return JSON.parse(text, (_key, value) => (typeof value?.base64 === "string" ? fromBase64(value.base64) : value));
  } catch {
    return undefined;
  }
}
