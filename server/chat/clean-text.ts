/** What of a text a stranger sent is shown to others. */

/** Line breaks and tabs become one space; other control characters, half characters, and what turns the direction of text go. */
const SPACES = /[ \t\n\v\f\r\u0085\u2028\u2029]+/g;
const UNWANTED = /[\p{Cc}\p{Cs}\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;
/** What stood between two spaces may be gone. */
const DOUBLE_SPACES = / {2,}/g;
/** More marks on one letter than any script needs reach over other lines. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Something that can be seen: not only spaces, joiners and fillers. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Z}\p{M}\p{DI}\u2800]/u;

/** The text as it may be shown, without spaces at its ends; empty when nothing of it can be seen. */
export function cleanText(text: string): string {
  const plain = text.replace(SPACES, " ").replace(UNWANTED, "").replace(DOUBLE_SPACES, " ");
  const clean = plain.replace(STACKED_MARKS, "$1").trim();
  return VISIBLE.test(clean) ? clean : "";
}

/** Length as people count it: an emoji is one or a few, never two halves. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
