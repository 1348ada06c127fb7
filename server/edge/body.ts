/** The body of a request: read to its end here, so that only small, flat JSON objects reach Colyseus. */
import type { IncomingMessage } from "node:http";
import { bodyOf, giveBody } from "../colyseus/http-request.ts";
import { byMethod, readMatchmaking } from "../colyseus/room-address.ts";
import { type Refusal, refusal } from "../web/refusal.ts";

/** How deep a JSON text nests; what stands in strings does not count. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth--;
  }
  return deepest;
}

function judgeBody(json: string, mostDepth: number): Refusal | undefined {
  if (depthOf(json) > mostDepth) return refusal(400, `a body nests at most ${mostDepth} deep`);
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return undefined;
  } catch {
    // The same answer as for JSON that is no object.
  }
  return refusal(400, "the body must be a JSON object");
}

/** Reads a body whose length has been judged, and leaves it where Colyseus looks before it reads by itself. */
export async function takeBody(request: IncomingMessage, mostDepth: number): Promise<Refusal | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const json = chunks.length === 0 ? "{}" : Buffer.concat(chunks).toString("utf8");
  giveBody(request, json);
  return judgeBody(json, mostDepth);
}

/**
 * Turns the search for a private room into the making of one. A search finds any room that is listed; and a
 * room that is made for a search is given to all who wait for one.
 */
export function keepPrivate(request: IncomingMessage): void {
  const { url = "" } = request;
  const isSearch = readMatchmaking(url)?.method === "joinOrCreate";
  if (isSearch && (JSON.parse(bodyOf(request)) as { private?: unknown }).private === true)
    request.url = byMethod(url, "create");
}
