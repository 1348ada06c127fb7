/** Requests and handshakes, mutated by lines and by bytes. */
import type { WorldRandom } from "../../../shared/engine/game/random.ts";
import { PROTOCOL_VERSION } from "../../../shared/engine/protocol/version.ts";
import { KEY } from "../../kit/wire/target.ts";
import { EXEMPT, type FuzzCase, ROOM, TOKEN } from "../fuzz-case.ts";
import { bytesOf, inPieces, mutate } from "../mutate.ts";

/** The proxy that the attacked server trusts. */
const PROXY = "127.9.9.9";
const MOST_STRANGERS = 40;

const VALUES = [
  ...[
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "0x10",
    "1, 1",
    "*",
    "null",
    "undefined",
    "NaN",
    "[",
    "[::1",
    "[::1]:x",
  ],
  ...[
    "u:p@host",
    "a b",
    "host:99999",
    "%",
    "%00",
    "%ff%fe",
    "..",
    "//evil",
    "\u00e9\u00ff",
    "\0",
    "a\tb",
    "x".repeat(9000),
  ],
  ...[
    "chunked",
    "gzip, chunked",
    "identity",
    "close, upgrade",
    "keep-alive",
    "h2c",
    "websocket, websocket",
    "100-continue",
  ],
  ...["multipart/form-data", "application/json; charset=utf-16", "Bearer ", `Bearer ${TOKEN}${TOKEN}`, "Basic Og=="],
  ...["for=_x;proto=a b", "203.0.113.1, , x", "::ffff:1.2.3.4", "bytes=0-18446744073709551615", 'W/"', "__proto__"],
];
const NAMES = [
  ...["Host", "Connection", "Upgrade", "Content-Length", "Content-Type", "Transfer-Encoding", "Expect", "Origin", "TE"],
  ...["Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions", "Range"],
  ...["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Authorization", "Cookie"],
  ...["If-Modified-Since", "If-None-Match", "Accept-Encoding", "Via", "__proto__", "constructor", "HTTP2-Settings"],
];
const METHODS = [
  "GET",
  "POST",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PUT",
  "DELETE",
  "PATCH",
  "PRI",
  "get",
  "M-SEARCH",
];
const TARGETS = [
  ...["/", "/healthz", "/readyz", "/api/rooms", "/matchmake/joinOrCreate/tag", `/matchmake/joinById/${ROOM}`, "*"],
  ...["/matchmake/create/tag", "/matchmake/reconnect/x", "/matchmake/__proto__/tag", "/matchmake/join/constructor"],
  ...[
    `/process/${ROOM}?sessionId=x`,
    `/p/${ROOM}?sessionId=x&_authToken=${TOKEN}&reconnectionToken=y`,
    "/a/b?sessionId=%00",
  ],
  ...[
    "http://evil/",
    "//evil/",
    "/%2e%2e/package.json",
    "/..%5c..",
    "/?__proto__[a]=1",
    "/index.html",
    `/${"a/".repeat(500)}`,
  ],
];
const BODIES = [
  ...[
    "{}",
    "",
    "[]",
    "null",
    JSON.stringify({ watch: true, plane: "lockstep", protocol: PROTOCOL_VERSION }),
    '{"name":"\\ud800","watch":true}',
    "{",
  ],
  ...[
    '{"__proto__":{"watch":true}}',
    `${'{"a":'.repeat(20)}1${"}".repeat(20)}`,
    `{"name":"${"帧".repeat(400)}","watch":true}`,
  ],
  ...[
    '{"watch":true,"spectatorDelay":1e308}',
    '{"watch":1}',
    '{"mode":"strict","bots":-0,"watch":true}',
    "[".repeat(4000),
  ],
];
const TELLING = [
  "\r\n",
  "\n",
  "\r\n\r\n",
  "\0",
  " ",
  "\t",
  ":",
  ",",
  "HTTP/1.1",
  "HTTP/0.9",
  "%",
  "[",
  "\xff",
  ...NAMES,
  ...VALUES,
].map(bytesOf);

type Lines = readonly string[];

function request(random: WorldRandom): string {
  const isPost = random.chance(0.5);
  const body = isPost ? random.pick(BODIES) : "";
  const target = isPost ? `/matchmake/joinById/${ROOM}` : random.pick(TARGETS);
  const lines = mutateLines(
    [
      `${isPost ? "POST" : "GET"} ${random.chance(0.3) ? random.pick(TARGETS) : target} HTTP/1.1`,
      "Host: game.example",
      `Authorization: Bearer ${TOKEN}`,
      ...(isPost ? ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(body)}`] : []),
    ],
    random,
  );
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}

function handshake(random: WorldRandom): string {
  const lines = mutateLines(
    [
      `GET ${random.pick(TARGETS)} HTTP/1.1`,
      "Host: game.example",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      `Sec-WebSocket-Key: ${KEY}`,
    ],
    random,
  );
  return `${lines.join("\r\n")}\r\n\r\n`;
}

function mutateLines(lines: Lines, random: WorldRandom): Lines {
  let changed = [...lines];
  for (let i = random.int(0, 3); i > 0; i--) {
    const at = random.int(0, Math.max(0, changed.length - 1));
    const own = `${random.pick(NAMES)}: ${random.pick(VALUES)}`;
    const way = random.int(0, 4);
    if (way === 0) changed = changed.toSpliced(at, 1);
    else if (way === 1) changed = changed.toSpliced(at + 1, 0, changed[at] ?? "");
    else if (way === 2) changed = changed.toSpliced(at + 1, 0, own);
    else if (way === 3)
      changed = changed.with(
        at,
        (changed[at] ?? "").replace(/:.*/, () => `: ${random.pick(VALUES)}`),
      );
    else changed = changed.with(0, (changed[0] ?? "").replace(/^\S+/, random.pick(METHODS)));
  }
  return changed;
}

/** A few addresses that meet the limits, the trusted proxy, and mostly the one that has none. */
function address(random: WorldRandom): string {
  if (random.chance(0.1)) return PROXY;
  return random.chance(0.15) ? `127.0.2.${random.int(1, MOST_STRANGERS)}` : EXEMPT;
}

export function httpCase(random: WorldRandom): FuzzCase {
  const texts = Array.from({ length: random.chance(0.2) ? random.int(2, 6) : 1 }, () =>
    random.chance(0.6) ? request(random) : handshake(random),
  );
  const right = bytesOf(Buffer.from(texts.join("")).toString("latin1"));
  const bytes = random.chance(0.6) ? mutate(right, random, TELLING) : right;
  return { kind: "http", on: "connection", from: address(random), pieces: inPieces(bytes, random) };
}
