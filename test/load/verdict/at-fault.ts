/** The parties that a fault of a run can lie with, and which of them an error or an end points at: here and nowhere else. */

import { CLIENT_FAILED, RULES_FAILED, SAMPLE_FAILED, type SessionEnd } from "../../../client/match/session-end.ts";
import { type CloseName, closeName } from "../../../shared/engine/protocol/close-codes.ts";
import { asSentence } from "../report/plural.ts";

/** Each with what its fault means, to be completed with what was said. */
export const PARTIES = {
  script: "the bots' own code: --script or --token-script",
  tokens: "the tokens that the bots show",
  rules: "the rules of the game",
  client: "the client library of this checkout, which the bots play with",
  build: "the server and this checkout are of different builds",
  limits: "the limits of the server, which it keeps",
  server: "the server",
  line: "the line between here and the server",
  generator: "this machine and its processes that play the bots",
} as const;

export type AtFault = keyof typeof PARTIES;

/** What whoever reads of it does next. */
const ADVICE: Readonly<Record<AtFault, string>> = {
  script: "Mend it; neither the server nor the number of bots has to do with it.",
  tokens: "Give --token, --token-secret (or TOKEN_SECRET) or --token-script what this server accepts.",
  rules: "Mend the rules; the server's log and npm run desync say where.",
  client: "Report it with what it said; neither the server, the rules nor the number of bots has to do with it.",
  build: "Run the same version with the same games here and there.",
  limits:
    "All bots come from one address, and the server was keeping its limits for it: start it with EXEMPT=<this machine's " +
    "address>, or raise the limit that it names (its settings: npm start -- --help).",
  server: "Read its log.",
  line: "Look at the network between here and there, or at --net.",
  generator: "Take fewer bots, more --processes, or a machine with less to do.",
};

/** `what` happened, whose fault it is, and what to do about it: one or two sentences. */
export const blaming = (atFault: AtFault, what: string): string =>
  `At fault: ${atFault} (${PARTIES[atFault]}). ${asSentence(what)} ${ADVICE[atFault]}`;

/** Something that went wrong for one bot. */
export interface Trouble {
  readonly atFault: AtFault;
  readonly reason: string;
}

/** What each of the server's own reasons points at. */
const NAMED: Readonly<Record<CloseName, AtFault>> = {
  "room/crashed": "rules",
  "room/fault": "server",
  "client/diverging": "rules",
  "protocol/version": "build",
  "game/other-build": "build",
  "join/option": "build",
  "protocol/malformed": "generator",
  "protocol/text": "generator",
  "seat/elsewhere": "generator",
  "protocol/flood": "limits",
  "room/full": "server",
  "server/shutdown": "server",
  "operator/kicked": "server",
  "operator/closed": "server",
  "client/too-slow": "line",
  "client/silent": "line",
  "join/unacknowledged": "line",
};

/** HTTP statuses of refusals that a setting decides: too often, too many. */
const LIMITED: readonly unknown[] = [429];
const TOKEN_REFUSED: readonly unknown[] = [401, 403];
/** Nobody listens there: the machine answers, and has no server. */
const NOBODY: readonly unknown[] = ["ECONNREFUSED", "ENOENT"];

const nameIn = (reason: string): CloseName | undefined => {
  const [, name] = /^([a-z]+\/[a-z-]+)/.exec(reason) ?? [];
  return name !== undefined && Object.hasOwn(NAMED, name) ? (name as CloseName) : undefined;
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a user's file threw. */
export class ScriptFault extends Error {}

/** Who is to blame for a join that came to nothing. `error`: of the SDK. */
export function whoRefused(error: unknown): AtFault {
  const { code } = Object(error) as { readonly code?: unknown };
  if (error instanceof ScriptFault) return "script";
  const message = messageOf(error);
  if (message.startsWith("join/token") || TOKEN_REFUSED.includes(code)) return "tokens";
  const name = nameIn(message);
  if (name !== undefined) return NAMED[name];
  if (LIMITED.includes(code) || /as many (rooms|connections)|too many/i.test(message)) return "limits";
  if (NOBODY.includes(code)) return "server";
  // A status or a code of matchmaking: somebody answered. Codes of sockets (1006) and of systems (ECONNRESET): nobody did.
  return typeof code === "number" && !(code >= 1000 && code < 3000) && code >= 400 ? "server" : "line";
}

/** Who is to blame for the end of a session that nobody wanted. */
export function whoEnded({ code, reason }: SessionEnd): AtFault {
  if (code === RULES_FAILED) return "rules";
  if (code === SAMPLE_FAILED) return "script";
  if (code === CLIENT_FAILED) return "client";
  const name = closeName(code) ?? nameIn(reason);
  return name === undefined ? "line" : NAMED[name];
}
