/** Texts that can be sent: an emoji is two characters of JavaScript's, and one of them alone has no UTF-8. */

const HALF = /\p{Surrogate}/u;

/** Whether no character of it is a half one. */
export const isWhole = (text: string): boolean => !HALF.test(text);

/** Where the first half character is; -1 when there is none. */
export const halfAt = (text: string): number => text.search(HALF);

/** The beginning of a text, of at most `most` UTF-16 code units; an emoji at its end is not cut in two. */
export function beginningOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.codePointAt(most - 1) ?? 0;
  return text.slice(0, last > 0xffff ? most - 1 : most);
}

/** How many bytes a text has in UTF-8; half a character counts as the three of its replacement. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
