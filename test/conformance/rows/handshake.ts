/** Rows: the opening handshake (RFC 6455 section 4). */
import { frame, PING } from "../../kit/wire/frames.ts";
import { handshake, KEY } from "../../kit/wire/target.ts";
import type { HttpRow } from "../row.ts";

type Headers = Readonly<Record<string, string | undefined>>;

const row = (why: string, name: string, end: string, headers: Headers, path?: string): HttpRow => ({
  kind: "http",
  why,
  name: `a handshake ${name}`,
  end,
  send: [handshake(headers, path)],
});
const instead = (why: string, name: string, end: string, from: string, to: string): HttpRow => ({
  kind: "http",
  why,
  name: `a handshake ${name}`,
  end,
  send: [handshake().replace(from, to)],
});

const K = "Sec-WebSocket-Key";
const V = "Sec-WebSocket-Version";
const P = "Sec-WebSocket-Protocol";

const keys = [
  row("RFC 6455 4.2.1", "that is right", "101", {}),
  row("RFC 6455 4.2.1", "without a key", "400", { [K]: undefined }),
  row("RFC 6455 4.2.1", "with an empty key", "400", { [K]: "" }),
  row("RFC 6455 4.2.1", "with a key of 8 bytes", "400", { [K]: "AAAAAAAAAAA=" }),
  row("RFC 6455 4.2.1", "with a key of 24 bytes", "400", { [K]: "A".repeat(32) }),
  row("RFC 6455 4.2.1", "with a key that is no base64", "400", { [K]: "!!!!!!!!!!!!!!!!!!!!!!==" }),
  row("RFC 4648 3.5", "with a key whose padding means something", "400", { [K]: `${"A".repeat(21)}B==` }),
  row("RFC 6455 4.1", "with a second key", "400", { [K]: `${KEY}\r\n${K}: ${KEY}` }),
];

const versions = ["0", "7", "8", "12", "14", "99", "13, 8", "013", "+13", "13.0", "x", ""].map((version) =>
  row("RFC 6455 4.4", `of version "${version}"`, "426", { [V]: version }),
);

const upgrades = [
  row("RFC 6455 4.2.1", "without a version", "426", { [V]: undefined }),
  row("RFC 6455 4.2.1", "without Upgrade", "404", { Connection: "Upgrade, close", Upgrade: undefined }, "/nowhere"),
  row("RFC 6455 4.2.1", "without Connection", "404", { Connection: "close", Upgrade: undefined }, "/nowhere"),
  row("RFC 9110 7.8", "to h2c", "400", { Upgrade: "h2c" }),
  row("RFC 9110 7.8", "to websocket and h2c", "400", { Upgrade: "websocket, h2c" }),
  row("RFC 6455 4.2.1", "with an upper case upgrade", "101", { Upgrade: "WebSocket" }),
  row("RFC 6455 4.2.1", "that keeps alive and upgrades", "101", { Connection: "keep-alive, Upgrade" }),
  instead("RFC 6455 4.1", "by POST", "405", "GET /", "POST /"),
  instead("RFC 6455 4.1", "by HEAD", "405", "GET /", "HEAD /"),
  instead("RFC 6455 4.1", "by PUT", "405", "GET /", "PUT /"),
  instead("RFC 6455 4.1", "in HTTP/1.0", "400", "HTTP/1.1", "HTTP/1.0"),
  instead("RFC 6455 4.1", "in HTTP/0.9", "505", "HTTP/1.1", "HTTP/0.9"),
  row("RFC 6455 4.1", "without a Host", "400", { Host: undefined }),
  row("RFC 9112 6.3", "with a body", "400", { "Content-Length": "5" }),
  row("RFC 9112 7.1", "with a chunked body", "411", { "Transfer-Encoding": "chunked" }),
];

const origins = [
  row("RFC 6455 10.2", "of a page of this server", "101", { Origin: "http://game.example" }),
  row("RFC 6455 10.2", "of a page on the list", "101", { Origin: "https://friend.example" }),
  row("RFC 6455 10.2", "of a foreign page", "403", { Origin: "https://evil.example" }),
  row("RFC 6455 10.2", "of a page of another port", "403", { Origin: "http://game.example:8080" }),
  row("RFC 6455 10.2", "of a page whose name begins like ours", "403", { Origin: "http://game.example.evil.example" }),
  row("RFC 6455 10.2", "of a page whose name ends like the list's", "403", { Origin: "https://evil-friend.example" }),
  row("RFC 6454 7.3", "of a page without an origin (null)", "403", { Origin: "null" }),
  row("RFC 6454 7.1", "of an origin with a path", "403", { Origin: "http://game.example/x" }),
  row("RFC 6454 7.1", "of an origin with a login", "403", { Origin: "http://a:b@game.example" }),
  row("RFC 6454 7.3", "of two origins", "403", { Origin: "http://game.example https://friend.example" }),
  row("RFC 6455 10.2", "of a file", "403", { Origin: "file://" }),
];

const paths = [
  row("squatting paths", "to no room", "404", {}, "/chat"),
  row("squatting paths", "to a path of three parts", "404", {}, "/a/b/c?sessionId=x"),
  row("squatting paths", "to a room without a session", "400", {}, "/process/room"),
  row("squatting paths", "to no room with a session", "400", {}, "/?sessionId=x"),
  row("injection", "with a session of markup", "400", {}, "/process/room?sessionId=%3Cscript%3E"),
  row("injection", "with a session of 1,000 letters", "400", {}, `/process/room?sessionId=${"x".repeat(1000)}`),
  row("parameter pollution", "with two sessions", "400", {}, "/process/room?sessionId=a&sessionId=b"),
  row("path traversal", "that climbs", "404|400", {}, "/../../etc/passwd"),
  row("path traversal", "that climbs in hexadecimal", "404|400", {}, "/%2e%2e/%2e%2e/etc/passwd"),
  row("prototype keys", "to __proto__", "101|401", {}, "/process/__proto__?sessionId=constructor"),
];

const protocols = [
  row("RFC 6455 4.2.2", "that offers sub-protocols", "101", { [P]: "chat, superchat" }),
  row("RFC 6455 4.1", "that offers a sub-protocol of spaces", "400", { [P]: "a b" }),
  row("RFC 6455 4.1", "that offers nothing between commas", "400", { [P]: "a,,b" }),
  row("RFC 7692 7", "that offers compression", "101", { "Sec-WebSocket-Extensions": "permessage-deflate" }),
  row("RFC 6455 9.1", "that offers junk for an extension", "101|400", { "Sec-WebSocket-Extensions": ";;=,\x80" }),
];

const early: HttpRow = {
  kind: "http",
  why: "RFC 6455 4.1",
  name: "frames before the handshake is answered",
  end: "101",
  send: [Buffer.concat([Buffer.from(handshake()), frame(PING, "early")])],
};

export const handshakeRows = [...keys, ...versions, ...upgrades, ...origins, ...paths, ...protocols, early];
