/** The words for a command in a message: its name, its seat and its fields, short and printable whatever is in them. */
import { beginningOf } from "../bytes/text.ts";
import type { Seat } from "./game.ts";

/** In UTF-16 code units. */
const LONGEST = 200;
/** Items of an array that are shown. */
const MOST_ITEMS = 8;
/** What shows nothing, or turns the direction of what follows it. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

const escaped = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** Such as `move of seat 3 { units: [1, 2, 3, ... 297 more], x: 5 }`. */
export function commandWords(name: string, seat: Seat, fields: unknown): string {
  const words = `${name} of seat ${seat} ${valueWords(fields)}`;
  return words.length > LONGEST ? `${beginningOf(words, LONGEST - 3)}...` : words;
}

function valueWords(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value).replace(UNPRINTABLE, escaped);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map(valueWords);
    const rest = value.length - items.length;
    return `[${[...items, ...(rest > 0 ? [`... ${rest} more`] : [])].join(", ")}]`;
  }
  const members = Object.entries(value).map(([name, member]) => `${name}: ${valueWords(member)}`);
  return members.length === 0 ? "without fields" : `{ ${members.join(", ")} }`;
}
