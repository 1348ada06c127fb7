/** The opening handshake, before `ws` sees it (RFC 6455, sections 4.1 and 4.2.1). */
import type { IncomingMessage } from "node:http";
import { isSession, readHandshake } from "../colyseus/room-address.ts";
import { mendable, type Refusal, refusal } from "../web/refusal.ts";

/** 16 bytes in base64: the last two characters are padding, the one before has four bits of meaning. */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;
const VERSION = "13";
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const hasWord = (list: string | undefined, word: string): boolean =>
  (list ?? "").split(",").some((part) => part.trim().toLowerCase() === word);

/** Whether a request is for the address that a client connects to for its seat. */
export function isRoomAddress({ url = "" }: IncomingMessage): boolean {
  const { kind, session = "" } = readHandshake(url);
  return kind === "room" && isSession(session);
}

function judgeTarget(target: string): Refusal | undefined {
  const { kind, session, isAmbiguous } = readHandshake(target);
  if (kind === "unknown") return refusal(404, "there is no such room");
  if ((kind === "latency") !== (session === undefined)) return refusal(400, "a room needs a sessionId");
  if (session !== undefined && !isSession(session)) return refusal(400, "the sessionId is not valid");
  return isAmbiguous ? refusal(400, "a parameter is given twice") : undefined;
}

/** @returns why the handshake is refused; undefined when it is fine. `judgeHead` comes before it. */
export function judgeUpgrade({ method, httpVersion, url = "", headers }: IncomingMessage): Refusal | undefined {
  if (method !== "GET") return refusal(405, "a handshake is a GET", { allow: "GET" });
  if (httpVersion !== "1.1")
    return mendable(refusal(400, "a handshake is HTTP/1.1"), "let the proxy speak HTTP/1.1 to this server");
  if (!hasWord(headers.connection, "upgrade") || headers.upgrade?.toLowerCase() !== "websocket")
    return refusal(400, "only WebSocket is spoken here");
  if (headers["sec-websocket-version"] !== VERSION)
    return refusal(426, `only version ${VERSION} is spoken here`, { "Sec-WebSocket-Version": VERSION });
  if (!KEY.test(headers["sec-websocket-key"] ?? ""))
    return refusal(400, "Sec-WebSocket-Key must be 16 bytes in base64");
  const protocols = headers["sec-websocket-protocol"];
  if (protocols !== undefined && !protocols.split(",").every((each) => TOKEN.test(each.trim())))
    return refusal(400, "Sec-WebSocket-Protocol must be a list of names");
  return judgeTarget(url);
}
