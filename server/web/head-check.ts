/** The head of a request: methods, target and Host, before anything is routed by them (RFC 9110, RFC 9112). */
import type { IncomingMessage } from "node:http";
import { isMisspeltMatchmaking, readMatchmaking } from "../colyseus/room-address.ts";
import { hostNameOf } from "../config/web-names.ts";
import { mendable, type Refusal, refusal } from "./refusal.ts";

const METHODS = ["GET", "HEAD", "POST", "OPTIONS"];
const VERSIONS = ["1.0", "1.1"];
const LONGEST_TARGET = 4096;
/** A path of this server and no other form of target; "//" would be another host in a URL. */
const TARGET = /^\/(?!\/)[\x21-\x7e]*$/;
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/i;
const JSON_TYPE = "application/json";

const pathOf = (target: string): string => target.split("?", 1)[0]!;

/** Whether a request asks for a seat; only the one spelling counts, and `judgeHead` refuses the others. */
export function isMatchmaking({ method, url = "" }: IncomingMessage): boolean {
  return method === "POST" && readMatchmaking(url) !== undefined;
}

function judgeTarget(target: string): Refusal | undefined {
  if (target.length > LONGEST_TARGET) return refusal(414, "the target of the request is too long");
  if (!TARGET.test(target) || !URL.canParse(target, "http://host"))
    return refusal(400, "the target of the request is not a path");
  const path = pathOf(target);
  try {
    decodeURIComponent(path);
  } catch {
    return refusal(400, "the path is not well encoded");
  }
  if (isMisspeltMatchmaking(path)) return refusal(404, "there is no such matchmaking");
  return undefined;
}

function judgeHost({ rawHeaders, headers: { host = "" } }: IncomingMessage, hosts: readonly string[]) {
  const given = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length;
  const name = hostNameOf(host);
  if (given !== 1 || !HOST.test(host) || name === undefined)
    return refusal(400, "the request must name one host, and a valid one");
  if (hosts.length > 0 && !hosts.includes(name))
    return mendable(refusal(421, "this server has another name"), "put the Host into HOSTS if it is a name of yours");
  return undefined;
}

function judgeLength({ method, headers }: IncomingMessage, mostBytes: number): Refusal | undefined {
  if (headers["transfer-encoding"] !== undefined)
    return refusal(411, "the request must say how long its body is (Content-Length)");
  const length = Number(headers["content-length"] ?? 0);
  if (length > mostBytes) return refusal(413, `a body has at most ${mostBytes} bytes`);
  if (length > 0 && method !== "POST") return refusal(400, `${method} has no body`);
  // Colyseus reads a body by its type, however long it is.
  const type = headers["content-type"] ?? (length > 0 ? "" : JSON_TYPE);
  if (method === "POST" && !/^application\/json\s*(;|$)/i.test(type))
    return refusal(415, "a body must be application/json");
  return undefined;
}

/**
 * @param limits the names this server answers to (none: any), and the longest body.
 * @returns why the request is refused; undefined when it is fine so far.
 */
export function judgeHead(
  request: IncomingMessage,
  { hosts, bodyBytes }: { readonly hosts: readonly string[]; readonly bodyBytes: number },
): Refusal | undefined {
  // Node's parser takes others too.
  if (!VERSIONS.includes(request.httpVersion)) return refusal(505, "only HTTP/1.1 is spoken here");
  if (!METHODS.includes(request.method ?? ""))
    return refusal(405, "the method is not allowed", { allow: METHODS.join(", ") });
  return judgeTarget(request.url ?? "") ?? judgeHost(request, hosts) ?? judgeLength(request, bodyBytes);
}
