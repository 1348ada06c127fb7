/** A problem as the player is told of it: a title, a sentence, and what to do about it. */

import { CLIENT_FAILED, RULES_FAILED, SAMPLE_FAILED, type SessionEnd } from "../../../client/match/session-end.ts";
import { CLOSE_CODES, closeName } from "../../../shared/engine/protocol/close-codes.ts";

/** What a button does: `again` joins any room of the game, `return` the last one, `reload` loads the page again. */
export type ActionKind = "again" | "return" | "reload";

export type Action =
  | { readonly label: string; readonly href: string }
  | { readonly label: string; readonly does: ActionKind };

export interface Problem {
  readonly title: string;
  readonly sentence: string;
  readonly actions: readonly Action[];
  /** The page tries again by itself. */
  readonly isRetried?: boolean;
  /** What is said before "Trying again in ..."; left out: nothing. */
  readonly because?: string;
  /** The server wants this window to wait so long at most; left out: it tries again at once. */
  readonly waitSeconds?: number;
}

const AGAIN: Action = { label: "Play in another room", does: "again" };
const HERE: Action = { label: "Play here", does: "return" };
const NEW_ROOM: Action = { label: "Start a new room", does: "again" };
const RELOAD: Action = { label: "Reload the page", does: "reload" };

/** An address that asks too often, or has too much open: a school behind one address, say. */
const TOO_MANY = 429;
const USUAL_WAIT_SECONDS = 15;
/** Matchmaking has answered, and the WebSocket that comes after it was closed before it was open. */
const NO_SOCKET = 1006;

/** Codes of Colyseus's matchmaking: no such game, no such room (or it is closing), a reservation that ran out. */
const NO_HANDLER = 520;
const NO_SUCH_ROOM = 522;
const EXPIRED = 524;

export const LOST: Problem = {
  title: "The server went away",
  sentence: "Trying again...",
  actions: [{ label: "Try now", does: "again" }],
  isRetried: true,
};

const GOING_DOWN = "The server is going down for a moment.";

/** Another server, or this one when it is back, takes over. */
const SHUTDOWN: Problem = {
  ...LOST,
  title: "The server is going down",
  sentence: `${GOING_DOWN} Trying again...`,
  because: GOING_DOWN,
};

const NO_WAY = "The server answers, but the game's own connection (a WebSocket) does not get through to it.";

/** A proxy, a firewall, or a server that has gone down in this moment: the next try tells. */
const BLOCKED: Problem = {
  ...LOST,
  title: "The connection does not get through",
  sentence: `${NO_WAY} Trying again...`,
  because: NO_WAY,
};

const FULL_HOUSE = "It has as many rooms as it can take.";

const FULL_SERVER: Problem = {
  ...LOST,
  title: "The server is full",
  sentence: `${FULL_HOUSE} Trying again...`,
  because: FULL_HOUSE,
  waitSeconds: USUAL_WAIT_SECONDS,
};

/** @param message what the server said: why, and when to try again. */
function waiting(message: string): Problem {
  const [, why = message, seconds = USUAL_WAIT_SECONDS] = /^(.*?)(?:; try again in (\d+) s)?$/.exec(message) ?? [];
  const because = asSentence(why);
  const sentence = `${because} Trying again...`;
  return { ...LOST, title: "The server asks you to wait", sentence, because, waitSeconds: Number(seconds) };
}

/** The connection dropped; the session is coming back to its seat by itself. */
export const AWAY: Problem = {
  title: "The server went away",
  sentence: "Trying again... Your seat is held for half a minute.",
  actions: [],
};

/** The rest of a reason, after its name: `room/full: Every seat ...`. */
const withoutName = (reason: string): string => reason.replace(/^[a-z]+\/[a-z-]+:\s*/, "");

const startsWith = (reason: string, name: keyof typeof CLOSE_CODES): boolean => reason.startsWith(name);

/** Why a session that ran has ended. */
export function problemOfEnd({ code, reason }: SessionEnd): Problem {
  if (code === RULES_FAILED || code === SAMPLE_FAILED)
    return { title: "The game broke in this window", sentence: asSentence(reason), actions: [NEW_ROOM, RELOAD] };
  if (code === CLIENT_FAILED)
    return { title: "This window failed", sentence: asSentence(reason), actions: [RELOAD, NEW_ROOM] };
  const name = closeName(code);
  switch (name) {
    case "room/crashed":
    case "room/fault":
      return { title: "This room has ended", sentence: sentenceOf(name, reason), actions: [NEW_ROOM] };
    case "game/other-build":
    case "protocol/version":
      return { title: "This page is out of date", sentence: CLOSE_CODES[name].sentence, actions: [RELOAD] };
    case "protocol/malformed":
    case "protocol/flood":
    case "protocol/text":
      return { title: "The server closed the connection", sentence: sentenceOf(name, reason), actions: [RELOAD] };
    case "room/full":
      return { title: "This room is full", sentence: CLOSE_CODES[name].sentence, actions: [AGAIN] };
    case "join/option":
      return { title: "The server did not accept this address", sentence: sentenceOf(name, reason), actions: [AGAIN] };
    case "client/diverging":
      return { title: "This window's game went its own way", sentence: sentenceOf(name, reason), actions: [RELOAD] };
    case "client/too-slow":
    case "client/silent":
    case "join/unacknowledged":
      return { title: "This window fell too far behind", sentence: sentenceOf(name, reason), actions: [AGAIN, RELOAD] };
    case "operator/kicked":
      return { title: "You were removed", sentence: sentenceOf(name, reason), actions: [AGAIN] };
    case "operator/closed":
      return { title: "This room was closed", sentence: sentenceOf(name, reason), actions: [NEW_ROOM] };
    case "seat/elsewhere":
      return { title: "You play in another window", sentence: sentenceOf(name, reason), actions: [HERE, AGAIN] };
    case "server/shutdown":
      return SHUTDOWN;
    case undefined:
      return LOST;
  }
}

/** The server wants to know who plays, and the address did not say, or said it too long ago. */
const noToken = (hasToken: boolean): Problem => ({
  title: hasToken ? "Your token is not valid" : "This server wants to know who you are",
  sentence: hasToken
    ? "It has expired, or it is not for this server. Come again by the link that you were given, or ask for a new one."
    : "Come by the link that you were given: it has a token in it that says who you are.",
  actions: [RELOAD],
});

/** Why a room could not be joined. `room` is the one asked for, undefined for any; `hasToken`: one was given. */
export function problemOfJoin(error: unknown, room: string | undefined, hasToken = false): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (message.startsWith("join/token")) return noToken(hasToken);
  if (startsWith(message, "server/shutdown")) return SHUTDOWN;
  if (startsWith(message, "protocol/version"))
    return problemOfEnd({ code: CLOSE_CODES["protocol/version"].code, reason: message });
  if (startsWith(message, "game/other-build"))
    return problemOfEnd({ code: CLOSE_CODES["game/other-build"].code, reason: message });
  if (startsWith(message, "join/option"))
    return problemOfEnd({ code: CLOSE_CODES["join/option"].code, reason: message });
  // A room that cannot even be made.
  for (const name of ["room/crashed", "room/fault"] as const)
    if (startsWith(message, name))
      return {
        ...problemOfEnd({ code: CLOSE_CODES[name].code, reason: message }),
        title: "The room could not be made",
      };
  if (startsWith(message, "room/full") || (room !== undefined && isFull(message)))
    return problemOfEnd({ code: CLOSE_CODES["room/full"].code, reason: message });
  if (room !== undefined && code === NO_SUCH_ROOM)
    return {
      title: "That room is over",
      sentence: "It has ended, or the link is not complete. Everybody who opens a fresh link meets again.",
      actions: [NEW_ROOM],
    };
  if (code === TOO_MANY) return waiting(message);
  if (code === NO_SOCKET) return BLOCKED;
  if (/as many rooms as it can take/.test(message)) return FULL_SERVER;
  if (code === NO_HANDLER)
    return {
      title: "The server does not know this game",
      sentence: "This page is from another version of the server. Reload it.",
      actions: [RELOAD],
    };
  if (code === EXPIRED || code === undefined || isOutage(code)) return { ...LOST, title: "The server does not answer" };
  return {
    title: "The room could not be joined",
    sentence: message || `The server answered ${code}.`,
    actions: [AGAIN, RELOAD],
  };
}

/** True when the room asked for does not exist any more. Colyseus gives a full room the same code. */
export function isRoomGone(error: unknown): boolean {
  return codeOf(error) === NO_SUCH_ROOM && !isFull((error as Error).message);
}

const isFull = (message: string): boolean => /locked|full/i.test(message);

/** Closed before it began, a proxy without a server behind it, or no answer at all. */
const isOutage = (code: number): boolean => [1001, 1005, 4001, 502, 503, 504].includes(code);

function codeOf(error: unknown): number | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "number" ? code : undefined;
}

function sentenceOf(name: keyof typeof CLOSE_CODES, reason: string): string {
  const said = withoutName(reason);
  return asSentence(said === "" || said === name ? CLOSE_CODES[name].sentence : said);
}

const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
