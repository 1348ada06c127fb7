/** A number and what is counted, as people say it: "1 room", "2 rooms". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A full stop at the end, unless something of the kind is there. */
export const asSentence = (text: string): string => (/[.!?]["')]?$/.test(text.trimEnd()) ? text : `${text}.`);
