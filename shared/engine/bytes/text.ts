/** Texts that can be sent: an emoji is two characters of JavaScript's, and one of them alone has no UTF-8. */

const HALF = /\p{Surrogate}/u;

/** Whether no character of it is a half one. */
export const isWhole = (text: string): boolean => !HALF.test(text);

/** Where the first half character is; -1 when there is none. */
export const halfAt = (text: string): number => text.search(HALF);
