/** Bytes and hashes as hexadecimal text: the only thing that every engine's shell takes and prints alike. */

const DIGITS_OF_HASH = 8;

const DIGITS = "0123456789abcdef";

export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += DIGITS[byte >> 4]! + DIGITS[byte & 15]!;
  return text;
}

export function fromHex(text: string): Uint8Array {
  const digit = (at: number): number => {
    const code = text.charCodeAt(at);
    return code < 58 ? code - 48 : code - 87;
  };
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = digit(2 * i) * 16 + digit(2 * i + 1);
  return bytes;
}

export const hashText = (hash: number): string => hash.toString(16).padStart(DIGITS_OF_HASH, "0");

/** How many hashes a text of them holds. */
export const hashCount = (hashes: string): number => Math.floor(hashes.length / DIGITS_OF_HASH);

/** Index of the first hash in which two texts of hashes differ, or at which the shorter one ends; undefined if equal. */
export function firstDifference(a: string, b: string): number | undefined {
  if (a === b) return undefined;
  let at = 0;
  while (a[at] === b[at]) at++;
  return Math.floor(at / DIGITS_OF_HASH);
}
