/** Base64 (RFC 4648, with padding) of bytes and back: where bytes go into a file of text, without Node and without the DOM. */

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** What each character stands for, by its code. */
const VALUES = new Uint8Array(128);
for (let value = 0; value < DIGITS.length; value++) VALUES[DIGITS.charCodeAt(value)] = value;

/** @returns four characters for every three bytes begun. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += DIGITS[three >> 18]! + DIGITS[(three >> 12) & 63]!;
    text += i + 1 < bytes.length ? DIGITS[(three >> 6) & 63]! : "=";
    text += i + 2 < bytes.length ? DIGITS[three & 63]! : "=";
  }
  return text;
}

/** The bytes of a text in base64; what is no digit of it is left out. */
export function fromBase64(text: string): Uint8Array {
  const digits = text.replace(/[^A-Za-z0-9+/]/g, "");
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  for (let i = 0, at = 0; i < digits.length; i += 4) {
    let four = 0;
    for (let k = 0; k < 4; k++) four = (four << 6) | (i + k < digits.length ? VALUES[digits.charCodeAt(i + k)]! : 0);
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (four >> shift) & 255;
  }
  return bytes;
}
