/** Text inside HTML and XML. */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What XML cannot hold at all becomes a question mark. */
export const escapeMarkup = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not get through
  text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "?").replace(/[&<>"']/g, (character) => ENTITIES[character]!);
