/** Rows: HTTP heads, targets, hosts, forwarding headers, and requests that two parsers would read differently. */
import type { Step } from "../../kit/wire/raw-connection.ts";
import { handshake, head } from "../../kit/wire/target.ts";
import type { HttpRow } from "../row.ts";

const row = (why: string, name: string, end: string, ...send: Step[]): HttpRow => ({
  kind: "http",
  why,
  name,
  end,
  send,
});

const LINES = { Host: "game.example", Connection: "close" };
const get = (path: string, headers: Readonly<Record<string, string | undefined>> = {}): string =>
  head(`GET ${path}`, { ...LINES, ...headers });

const REFUSED = head("TRACE /", { Host: "game.example" });
const CONNECT = head("CONNECT game.example:443", { Host: "game.example:443" });

const methods = [
  ...["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "LINK", "PURGE"].map((method) =>
    row("RFC 9110 9", `${method} /`, "405", head(`${method} /`, LINES)),
  ),
  row("RFC 9110 9.3.6", "CONNECT", "405", CONNECT),
  // Found by `npm run fuzz`: the connection has ended already when the second one is refused.
  row("RFC 9112 9.3.2", "CONNECT right behind a refused request", "405|cut", `${REFUSED}${CONNECT}`),
  row("RFC 9112 9.3.2", "a handshake right behind a refused request", "405|cut", `${REFUSED}${handshake()}`),
  row(
    "RFC 9112 9.3.2",
    "a handshake right behind a request that is not answered yet",
    "200|cut",
    `${head("GET /readyz", { Host: "x" })}${handshake()}`,
  ),
  row("RFC 9110 9.1", "a method in small letters", "400", head("get /", LINES)),
  row("RFC 9110 9.1", "a method that is none", "400", head("HACK /", LINES)),
  row("RFC 9110 9.3.7", "OPTIONS of the whole server", "400", head("OPTIONS *", LINES)),
  row("RFC 9110 9.3.1", "GET /healthz", "200", get("/healthz")),
  row("RFC 9110 9.3.1", "GET /readyz", "200", get("/readyz")),
  row("RFC 9110 9.3.2", "HEAD /healthz", "200", head("HEAD /healthz", LINES)),
];

const targets = [
  row("RFC 9112 3.2.2", "a target with another host in it", "400", get("http://evil.example/")),
  row("RFC 9112 3.2", "a target without a slash", "400", get("healthz")),
  row("RFC 9112 3.2", "a target of two slashes", "400", get("//evil.example/healthz")),
  row("RFC 3986 2.1", "a target that is badly encoded", "400", get("/%zz")),
  row("RFC 3629 3", "a target that is no UTF-8", "400", get("/%ff%fe")),
  row("NUL bytes", "a target with an encoded NUL", "404|400", get("/%00")),
  row("RFC 9112 3", "a target of 5,000 letters", "414", get(`/${"x".repeat(5000)}`)),
  row("path traversal", "a target that climbs", "404|400|403", get("/../../../etc/passwd")),
  row("path traversal", "a target that climbs in hexadecimal", "404|400|403", get("/..%2f..%2f..%2fetc%2fpasswd")),
  row("path traversal", "a target with a backslash", "404|400|403", get("/..\\..\\etc\\passwd")),
  row("RFC 3986 3.5", "a target with a fragment", "404|400", get("/x#y")),
];

const hosts = [
  row("RFC 9112 3.2", "no Host", "400", get("/healthz", { Host: undefined })),
  row("RFC 9112 3.2", "two Hosts", "400", get("/healthz", { Host: "a.example\r\nHost: b.example" })),
  ...["[", "[::1", "u:p@h", "a b", "a,b", "a/b", "a:99999", "a:b", "", "%41", "<x>", "a#b", "[::1]x"].map((host) =>
    row("RFC 9110 7.2; ends stock Colyseus", `Host "${host}"`, "400", get("/healthz", { Host: host })),
  ),
  row("RFC 9110 7.2", "a Host of an IPv6 address", "200", get("/healthz", { Host: "[::1]:2567" })),
  row("RFC 9110 7.2", "a Host of 3,000 letters", "200|400", get("/healthz", { Host: "a".repeat(3000) })),
];

const forwarding = [
  ...["a b", "http, https", "javascript:alert(1)", "<", "\xff"].map((value) =>
    row("hangs stock Colyseus", `X-Forwarded-Proto "${value}"`, "200", get("/healthz", { "X-Forwarded-Proto": value })),
  ),
  row(
    "trusts anybody in stock Colyseus",
    "X-Forwarded-For of a stranger",
    "200",
    get("/healthz", { "X-Forwarded-For": "junk" }),
  ),
  row("cache poisoning", "X-Forwarded-Host of a stranger", "200", get("/healthz", { "X-Forwarded-Host": "evil[" })),
  row("RFC 7239 4", "a Forwarded of junk", "200", get("/healthz", { Forwarded: 'for="[";host=,;' })),
  ...["junk", "1.2.3.4, junk", "", "1.2.3.4:port", times("1.2.3.4", 20)].map((value) => ({
    ...row(
      "RFC 7239 5.2",
      `X-Forwarded-For "${value}" of a proxy`,
      "400",
      get("/healthz", { "X-Forwarded-For": value }),
    ),
    from: "127.9.9.9",
  })),
  ...["1.2.3.4, 5.6.7.8", "1.2.3.4:61598", "[2001:db8::1]:443", "junk, 1.2.3.4", "unknown"].map((value) => ({
    ...row(
      "RFC 7239 5.2",
      `X-Forwarded-For "${value}" of a proxy`,
      "200",
      get("/healthz", { "X-Forwarded-For": value }),
    ),
    from: "127.9.9.9",
  })),
];

const post = "POST /matchmake/join/tag HTTP/1.1\r\nHost: game.example\r\nContent-Type: application/json\r\n";
const HIDDEN = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
const smuggling = [
  row(
    "RFC 9112 6.3",
    "a length and chunks",
    "400",
    `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ),
  row(
    "RFC 9112 6.3",
    "chunks and a length",
    "400",
    `${post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ),
  row("RFC 9112 6.3", "two lengths", "400", `${post}Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}${HIDDEN}`),
  row("RFC 9112 6.3", "a length of a list", "400", `${post}Content-Length: 2, 2\r\n\r\n{}`),
  ...["-1", "+2", "0x2", "2 2", "2.0", "99999999999999999999", "two"].map((length) =>
    row("RFC 9110 8.6", `a length of "${length}"`, "400", `${post}Content-Length: ${length}\r\n\r\n{}`),
  ),
  row("RFC 9112 7", "chunks", "411", `${post}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
  row(
    "RFC 9112 6.1",
    "chunks that are called otherwise",
    "400|411",
    `${post}Transfer-Encoding: xchunked\r\n\r\n2\r\n{}`,
  ),
  row("RFC 9112 6.1", "chunks twice", "400|411", `${post}Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n`),
  row("RFC 9112 5.1", "a space before the colon", "400", `${post}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`),
  row("RFC 9112 5.2", "a folded header", "400", `${post}X-Fold: a\r\n b\r\n\r\n`),
  row("RFC 9112 2.2", "lines that end in LF only", "400", "GET /healthz HTTP/1.1\nHost: x\nConnection: close\n\n"),
  row("RFC 9112 2.2", "lines that end in CR only", "400", "GET /healthz HTTP/1.1\rHost: x\r\r"),
  row("RFC 9110 5.5", "a header with a NUL", "400", get("/healthz", { "X-Nul": "a\0b" })),
  row("RFC 9110 5.1", "a header name with a space", "400", get("/healthz", { "X Y": "z" })),
  row("RFC 9112 5", "a header without a colon", "400", "GET / HTTP/1.1\r\nHost: x\r\njunk\r\n\r\n"),
  row("RFC 9112 9.3.2", "a refused request and another behind it", "405", `${head("TRACE /", { Host: "x" })}${HIDDEN}`),
  row(
    "RFC 9112 9.3.2",
    "a refused body that is a request",
    "415",
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
  ),
  row("RFC 9112 9.3", "two requests at once", "404 200", `${head("GET /nowhere", { Host: "x" })}${get("/healthz")}`),
];

const junk = [
  row("RFC 9112 3", "junk", "400", "\x00\x01\x02\x03junk\r\n\r\n"),
  row("RFC 9112 3", "500 empty lines", "400|cut", "\r\n".repeat(500), 100, "x\r\n\r\n"),
  row("RFC 8446 4.1.2", "a TLS hello", "400", Buffer.from("16030100c8010000c40303", "hex"), new Uint8Array(200)),
  row("RFC 9113 3.4", "the preface of HTTP/2", "400|505", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  row("RFC 9112 2.3", "HTTP/2.0 in a line", "400|505", "GET / HTTP/2.0\r\nHost: x\r\n\r\n"),
  row("RFC 9112 2.3", "HTTP/9.9 in a line", "400|505", "GET / HTTP/9.9\r\nHost: x\r\n\r\n"),
  row("HTTP/0.9", "a request without a version", "400|505", "GET /\r\n\r\n"),
  row("SSRF by another protocol", "Redis", "400", "*1\r\n$4\r\nPING\r\n"),
  row("RFC 9110 5.4", "a header of 9,000 letters", "431", get("/healthz", { "X-Long": "x".repeat(9000) })),
  row(
    "RFC 9110 5.4",
    "1,500 headers",
    "431",
    get("/healthz", Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`X-${i}`, "y"]))),
  ),
  row("RFC 9110 10.1.1", "an expectation that is none", "417", get("/healthz", { Expect: "a miracle" })),
  row("RFC 9110 9.3.1", "a GET with a body", "400", `${get("/healthz", { "Content-Length": "4" })}junk`),
];

const OPEN_MONITOR = "monitor() of stock Colyseus: open to everybody";
const operators = [
  row(OPEN_MONITOR, "/metrics without a login", "403", get("/metrics")),
  row(OPEN_MONITOR, "with a password where none is set", "403", get("/metrics", { Authorization: "Basic b3A6" })),
  row(OPEN_MONITOR, "a ticket without a login", "403", get("/monitor/ticket")),
  row(OPEN_MONITOR, "with a ticket that was made up", "401", get("/metrics", { Authorization: "Bearer 9e15.AAAA" })),
  row(OPEN_MONITOR, "with a token of three dots", "401", get("/metrics", { Authorization: "Bearer ..." })),
  row(OPEN_MONITOR, "with a scheme and nothing", "401", get("/metrics", { Authorization: "Bearer" })),
  row(OPEN_MONITOR, "with junk", "403", get("/metrics", { Authorization: "\xff".repeat(400) })),
  row(OPEN_MONITOR, "in other letters", "403", get("/METRICS/")),
];

function times(text: string, count: number): string {
  return Array.from({ length: count }, () => text).join(", ");
}

export const httpRows = [...methods, ...targets, ...hosts, ...forwarding, ...smuggling, ...junk, ...operators];
