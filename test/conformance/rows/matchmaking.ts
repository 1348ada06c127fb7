/** Rows: matchmaking requests, and bodies that cost more than they weigh. */

import type { Target } from "../../kit/wire/target.ts";
import { head } from "../../kit/wire/target.ts";
import type { HttpRow } from "../row.ts";

type Headers = Readonly<Record<string, string | undefined>>;

const row = (why: string, name: string, end: string, path: string, body: string, headers: Headers = {}): HttpRow => ({
  kind: "http",
  why,
  name,
  end,
  send: (target: Target) => [
    `${head(`POST ${path}`, {
      Host: "game.example",
      Authorization: `Bearer ${target.tokens.valid}`,
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(body, "latin1")),
      Connection: "close",
      ...headers,
    })}${body}`,
  ],
});

// 520 and 522 are Colyseus's own words for "no such method or game" and "no such room", which its SDK understands.
const PATH = "/matchmake/joinOrCreate/tag";
const options = (name: string, end: string, body: string, why = "join options"): HttpRow =>
  row(why, name, end, PATH, body);
const nested = (depth: number): string => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;

const paths = [
  row("matchmaking", "a join that is right", "200", PATH, '{"watch":true}'),
  row("matchmaking", "a matchmaking method that is none", "520", "/matchmake/hack/tag", "{}"),
  row("prototype keys", "the method constructor", "520", "/matchmake/constructor/tag", "{}"),
  row("prototype keys", "the method __proto__", "520", "/matchmake/__proto__/tag", "{}"),
  row("internal methods", "the method gracefullyShutdown", "520", "/matchmake/gracefullyShutdown/tag", "{}"),
  row("internal methods", "the method remoteRoomCall", "520", "/matchmake/remoteRoomCall/tag", "{}"),
  row("matchmaking", "a game that is none", "520", "/matchmake/create/chess", "{}"),
  row("prototype keys", "the game __proto__", "520", "/matchmake/create/__proto__", "{}"),
  row("prototype keys", "the game constructor", "520", "/matchmake/create/constructor", "{}"),
  row("prototype keys", "the room toString", "522", "/matchmake/joinById/toString", "{}"),
  row("matchmaking", "a game of 1,000 letters", "404", `/matchmake/create/${"x".repeat(1000)}`, "{}"),
  row("path traversal", "a game that climbs", "404", "/matchmake/create/..", "{}"),
  row("path traversal", "a game that climbs in hexadecimal", "404", "/matchmake/create/%2e%2e%2f", "{}"),
  row("limits by spelling", "a slash at the end", "404", `${PATH}/`, "{}"),
  row("limits by spelling", "capital letters", "404", "/MATCHMAKE/create/tag", "{}"),
  row("limits by spelling", "two slashes inside", "404", "/matchmake//create/tag", "{}"),
  row("limits by spelling", "an encoded letter", "404", "/matchmake/create/t%61g", "{}"),
  row("log injection", "a game with a line break", "404", "/matchmake/create/tag%0d%0aX:y", "{}"),
  row("RFC 6454 7", "a page of a foreign origin", "403", PATH, "{}", { Origin: "https://evil.example" }),
  row("RFC 6454 7", "a page on the list", "200", PATH, '{"watch":true}', { Origin: "https://friend.example" }),
  row(
    "matchmaking",
    "coming back with a token that is none",
    "522",
    "/matchmake/reconnect/room",
    '{"reconnectionToken":"x"}',
  ),
  row(
    "prototype keys",
    "coming back with the token __proto__",
    "522",
    "/matchmake/reconnect/room",
    '{"reconnectionToken":"__proto__"}',
  ),
  row(
    "type confusion",
    "coming back with a token that is a list",
    "522",
    "/matchmake/reconnect/room",
    '{"reconnectionToken":[]}',
  ),
];

const bodies = [
  options("no JSON", "400", "{"),
  options("JSON and junk", "400", "{}}"),
  options("a list", "400", "[]"),
  options("a text", "400", '"x"'),
  options("null", "400", "null"),
  options("a number", "400", "1e400"),
  options("spaces", "400", " "),
  options("NUL bytes", "400", "\0\0\0\0"),
  options("a body that is no UTF-8", "400", '{"name": "\xff\xfe'),
  options("nesting of 9", "400", nested(8), "RFC 8259 9"),
  options("nesting of 4,000", "400", nested(4000), "RFC 8259 9; hangs stock Colyseus"),
  options("nesting that is only begun", "400", "[".repeat(8000), "RFC 8259 9"),
  options("brackets in a text do not nest", "400", JSON.stringify({ plan: "[".repeat(4000) }), "RFC 8259 9"),
  options("a body of 8,193 bytes", "413", " ".repeat(8193), "RFC 9110 15.5.14"),
  row("RFC 9110 15.5.14", "a length of 64 MiB", "413", PATH, "", { "Content-Length": String(64 * 1024 * 1024) }),
  row("RFC 9110 15.5.16", "a body of text", "415", PATH, "{}", { "Content-Type": "text/plain" }),
  row("RFC 9110 15.5.16", "a body of a form", "415", PATH, "a=b", {
    "Content-Type": "application/x-www-form-urlencoded",
  }),
  row("RFC 9110 15.5.16", "a form without a body", "415", PATH, "", {
    "Content-Type": "multipart/form-data; boundary=x",
  }),
  row("RFC 9110 15.5.16", "a body of no type", "415", PATH, "{}", { "Content-Type": undefined }),
  row("RFC 9110 8.4", "a body that says it is packed", "400|415", PATH, "\x1f\x8b\x08", { "Content-Encoding": "gzip" }),
  options("an option __proto__", "400", '{"__proto__":{"watch":true}}', "prototype pollution"),
  options("an option constructor", "400", '{"constructor":{"prototype":{"x":1}}}', "prototype pollution"),
  options("an option toString", "400", '{"toString":1}', "prototype pollution"),
  options("an option that is none", "400", '{"isAdmin":true}'),
  options(
    "500 options",
    "400",
    JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`o${i}`, 1]))),
  ),
  options("a plane of an object", "400", '{"plane":{"$ne":null}}', "type confusion"),
  options("an engine of a list", "400", '{"engine":["a"]}', "type confusion"),
  options("bots of a fraction", "400", '{"bots":0.5}', "type confusion"),
  options("bots of minus one", "400", '{"bots":-1}', "type confusion"),
  options("bots beyond a number", "400", '{"bots":1e999}', "type confusion"),
  options("watching of a text", "400", '{"watch":"yes"}', "type confusion"),
  options("a logic hash of markup", "400", '{"logic":"<script>"}', "injection"),
];

export const matchmakingRows = [...paths, ...bodies];
