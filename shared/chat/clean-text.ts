/**
 * The cleaning of a stranger's text before others see it: one rule for names, chat lines and every other text about
 * oneself.
 */

/** Line breaks and tabs become one space; other control characters, half characters, and what turns the direction of text go. */
const SPACES = /[ \t\n\v\f\r\u0085\u2028\u2029]+/g;
const UNWANTED = /[\p{Cc}\p{Cs}\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;
/** Tags spell a region's name behind a black flag; anywhere else they are letters that nobody sees. */
const STRAY_TAGS = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e007f}]/gu;
/** What stood between two spaces may be gone. */
const DOUBLE_SPACES = / {2,}/g;
/** Marks of direction hide between other marks. */
const HIDDEN_DIRECTIONS = /[\u200e\u200f\u061c]+(?=\p{M})/gu;
/** More marks on one letter than any script needs reach over other lines. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Something that can be seen: not only spaces, joiners and fillers. */
const VISIBLE = /[^\p{Cc}\p{Cf}\p{Z}\p{M}\p{DI}\u2800]/u;

/** Letters and marks of scripts in which a joiner changes what is seen: all but those whose letters always stand alone. */
const JOINING = String.raw`(?=[\p{L}\p{M}])[^\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Zyyy}\p{scx=Zinh}]`;
/** A picture, what colours or turns it, or the end of a flag. */
const PICTURE = String.raw`[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u{e007f}]`;
/** Joiners (ZWJ, ZWNJ) between two letters of such a script, or ZWJ between two pictures; elsewhere they only hide. */
const STRAY_JOINERS = new RegExp(
  String.raw`(?<!${JOINING})\u200c|\u200c(?!${JOINING})|(?<!${PICTURE}|${JOINING})\u200d|(?<=${PICTURE})\u200d(?!\p{Extended_Pictographic})|(?<!${PICTURE})\u200d(?!${JOINING})`,
  "gu",
);

/** The text as it may be shown, without spaces at its ends; empty when nothing of it can be seen. */
export function cleanText(text: string): string {
  const plain = text.replace(SPACES, " ").replace(UNWANTED, "").replace(STRAY_TAGS, "").replace(STRAY_JOINERS, "");
  const letters = plain.replace(HIDDEN_DIRECTIONS, "").replace(STACKED_MARKS, "$1");
  const clean = letters.replace(DOUBLE_SPACES, " ").trim();
  return VISIBLE.test(clean) ? clean : "";
}

/** Length in characters of Unicode: an emoji is one or a few, never two halves. */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const LETTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The beginning of a text, of at most `longest` characters as `lengthOf` counts them; what people see as one is not cut. */
export function cutTo(text: string, longest: number): string {
  if (lengthOf(text) <= longest) return text;
  let length = 0;
  for (const { segment, index } of LETTERS.segment(text)) {
    length += lengthOf(segment);
    if (length > longest) return text.slice(0, index).trim();
  }
  return text;
}
