/**
 * The close codes: every reason a server has for closing or refusing, as a number, a name and a sentence for the
 * player.
 */

/** Close codes 4100 to 4199 are ours; Colyseus uses 4000 to 4010, RFC 6455 the numbers below 3000. */
export const CLOSE_CODES = {
  "room/crashed": { code: 4100, sentence: "The game's rules failed, so this room has ended. Start a new one." },
  "protocol/version": { code: 4101, sentence: "This page is from another version of the server. Reload it." },
  "protocol/malformed": { code: 4102, sentence: "The server could not read what this client sent." },
  "protocol/flood": { code: 4103, sentence: "This client sent far more than a player can." },
  "room/full": { code: 4104, sentence: "Every seat of this room is taken. Try another room." },
  "join/option": { code: 4105, sentence: "The join options are not right." },
  "server/shutdown": { code: 4106, sentence: "The server is going down. Reconnect in a moment." },
  "client/too-slow": { code: 4107, sentence: "This connection reads too slowly to follow the game." },
  "client/silent": { code: 4108, sentence: "Nothing was heard from this client for minutes." },
  "join/unacknowledged": { code: 4109, sentence: "The client never confirmed that it has joined." },
  "client/diverging": {
    code: 4110,
    sentence: "This client's world keeps differing from the server's. Reload the page.",
  },
  "game/other-build": { code: 4111, sentence: "This page has other rules of this game than the server. Reload it." },
  "protocol/text": { code: 4112, sentence: "The server speaks binary frames, and this client sent text." },
  "operator/kicked": { code: 4113, sentence: "An operator of this server has removed you from the room." },
  "operator/closed": { code: 4114, sentence: "An operator of this server has closed this room." },
  "seat/elsewhere": { code: 4115, sentence: "This seat is now played in another tab or window." },
  "room/fault": {
    code: 4116,
    sentence: "A fault of the server has ended this room; the game's rules are not to blame. Start a new one.",
  },
} as const;

export type CloseName = keyof typeof CLOSE_CODES;

/** RFC 6455 section 5.5: a control frame holds 125 bytes, two of them the code. */
export const MOST_REASON_BYTES = 123;

/** The reason text that travels: the name, then what a person can do. ASCII, at most 123 bytes. */
export function closeReason(name: CloseName, detail?: string): string {
  const text = `${name}: ${detail ?? CLOSE_CODES[name].sentence}`;
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, MOST_REASON_BYTES);
}

/** The name behind a close code, undefined for a code that is not ours. */
export function closeName(code: number): CloseName | undefined {
  for (const name of Object.keys(CLOSE_CODES) as CloseName[]) if (CLOSE_CODES[name].code === code) return name;
  return undefined;
}
