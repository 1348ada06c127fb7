/** The parts of the front line that only compute: addresses behind proxies, origins, bodies. */
import type { IncomingMessage } from "node:http";
import { matchMaker } from "@colyseus/core";
import { describe, expect, it } from "vitest";
import { answerCors } from "../../../server/colyseus/cors.ts";
import { readSettings } from "../../../server/config/settings.ts";
import { depthOf } from "../../../server/edge/body.ts";
import { Addresses } from "../../../server/web/addresses.ts";
import { Origins } from "../../../server/web/origins.ts";

describe("whose request it is", () => {
  const addresses = new Addresses(readSettings({ TRUST_PROXY: "10.0.0.0/8, ::1" }));
  const settle = (peer: string, headers: Record<string, string>) => {
    const request = { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
    return [addresses.settle(request), request.headers] as const;
  };

  it.each([
    ["a stranger is itself, whatever it says", "198.51.100.1", "1.2.3.4", "198.51.100.1"],
    ["a proxy speaks for its client", "10.0.0.1", "1.2.3.4", "1.2.3.4"],
    ["what stands left of the client anybody could have written", "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"],
    ["a chain of our proxies is passed over", "10.0.0.1", "1.2.3.4, 10.0.0.3, 10.0.0.2", "1.2.3.4"],
    ["an IPv4 address in IPv6 is one", "::ffff:10.0.0.1", "::ffff:1.2.3.4", "1.2.3.4"],
    ["a proxy that only knows proxies", "::1", "10.0.0.9", "10.0.0.9"],
    ["junk of a proxy is refused", "10.0.0.1", "1.2.3.4, x", undefined],
    ["junk of anybody else is not looked at", "10.0.0.1", "x, 1.2.3.4", "1.2.3.4"],
    ["a port is no part of an address", "10.0.0.1", "203.0.113.7:61598", "203.0.113.7"],
    ["nor is that of a proxy in the chain", "10.0.0.1", "203.0.113.7:61598, 10.0.0.2:80", "203.0.113.7"],
    ["IPv6 in brackets, with a port", "10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"],
    ["IPv6 in brackets, without one", "10.0.0.1", "[2001:db8::1]", "2001:db8::1"],
    ["IPv6 in another spelling", "10.0.0.1", "2001:DB8:0:0:0::1", "2001:db8::1"],
    ["IPv4 in IPv6, in hexadecimal", "10.0.0.1", "::ffff:cb00:7107", "203.0.113.7"],
    ["IPv4 in IPv6, in brackets", "10.0.0.1", "[::FFFF:203.0.113.7]:80", "203.0.113.7"],
    ["an interface is no part of an address", "10.0.0.1", "fe80::1%eth0", "fe80::1"],
    ["spaces", "10.0.0.1", "  203.0.113.7 ,10.0.0.2  ", "203.0.113.7"],
    ["whom a proxy does not know is as far as it is", "10.0.0.1", "unknown", "10.0.0.1"],
    ["whom a proxy hides as well", "10.0.0.1", "1.2.3.4, _hidden:_p, 10.0.0.2", "10.0.0.2"],
    ["a port that is none", "10.0.0.1", "203.0.113.7:port", undefined],
    ["an empty place in the list is none", "10.0.0.1", "203.0.113.7, ,10.0.0.2,", "203.0.113.7"],
    ["nothing", "10.0.0.1", "", undefined],
    ["nothing but commas", "10.0.0.1", ", ,", undefined],
  ])("%s", (_what, peer, chain, expected) => {
    const [address, headers] = settle(peer, { "x-forwarded-for": chain, "x-forwarded-host": "evil", forwarded: "x" });
    expect(address).toBe(expected);
    expect(headers).toEqual(expected === undefined ? {} : { "x-real-ip": expected });
  });

  it.each([
    ["10.0.0.1", "for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60"],
    ["10.0.0.1", 'proto=https; For="[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"],
    ["10.0.0.1", "for=6.6.6.6, for=192.0.2.43, for=10.0.0.2", "192.0.2.43"],
    ["10.0.0.1", "for=192.0.2.43, ,for=10.0.0.2,", "192.0.2.43"],
    ["10.0.0.1", "for=_gazonk", "10.0.0.1"],
    ["10.0.0.1", "proto=https", "10.0.0.1"],
    ["198.51.100.1", "for=192.0.2.60", "198.51.100.1"],
  ])("of the peer %s, Forwarded: %s is %s (RFC 7239)", (peer, forwarded, expected) => {
    expect(settle(peer, { forwarded })).toEqual([expected, { "x-real-ip": expected }]);
  });

  it("where a proxy says both, X-Forwarded-For is what it says", () => {
    expect(settle("10.0.0.1", { "x-forwarded-for": "1.2.3.4", forwarded: "for=6.6.6.6" })[0]).toBe("1.2.3.4");
  });

  it.each([
    ["private", ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "169.254.1.1"]],
    ["private", ["::1", "fd12::1", "fe80::1%eth0", "::ffff:10.1.2.3"]],
    ["private, 198.51.100.0/24", ["198.51.100.7", "10.0.0.1"]],
    ["loopback 198.51.100.7", ["198.51.100.7", "127.0.0.1", "::1"]],
  ])("TRUST_PROXY=%s trusts %s", (TRUST_PROXY, proxies) => {
    const trusting = new Addresses(readSettings({ TRUST_PROXY }));
    for (const remoteAddress of [...proxies, "203.0.113.1", "172.32.0.1", "2001:db8::1"]) {
      const request = { headers: { "x-forwarded-for": "1.2.3.4:5" }, socket: { remoteAddress } };
      const expected = proxies.includes(remoteAddress) ? "1.2.3.4" : remoteAddress;
      expect(trusting.settle(request as unknown as IncomingMessage)).toBe(expected);
    }
  });

  it("a proxy that is not named is told of", () => {
    const told: string[] = [];
    addresses.onStrangeProxy = (address) => told.push(address);
    settle("192.0.2.1", { "x-forwarded-for": "1.2.3.4" });
    settle("192.0.2.1", {});
    expect(told).toEqual(["192.0.2.1"]);
  });
});

describe("origins", () => {
  const origins = new Origins(["https://friend.example"]);
  it.each([
    [undefined, true],
    ["http://game.example:2567", true],
    ["https://game.example:2567", true],
    ["https://friend.example", true],
    ["http://friend.example", false],
    ["http://game.example", false],
    ["null", false],
    ["http://a@game.example:2567", false],
  ])("%s: %s", (origin, isAdmitted) => {
    expect(origins.admits({ host: "game.example:2567", ...(origin === undefined ? {} : { origin }) })).toBe(isAdmitted);
  });

  it.each([
    ["https://play.example", "play.example:443", true],
    ["http://play.example", "play.example:80", true],
    ["https://play.example", "play.example:80", false],
    ["http://play.example", "play.example:443", false],
    ["https://play.example:8443", "play.example:8443", true],
    ["https://play.example", "Play.Example", true],
    ["https://play.example", "play.example.:443", true],
    ["https://play.example.", "play.example", true],
    ["http://[::1]:2567", "[0:0::1]:2567", true],
    ["https://[2001:db8::1]", "[2001:DB8::1]:443", true],
    ["https://xn--mnchen-3ya.example", "xn--mnchen-3ya.example", true],
    ["https://play.example", "other.example", false],
    ["https://play.example/", "play.example", false],
    ["https://play.example\\@evil.example", "evil.example", false],
    ["null", "null", false],
    ["capacitor://localhost", "localhost", false],
    ["https://play.example", "", false],
  ])("%s under the Host %s: %s", (origin, host, isAdmitted) => {
    expect(new Origins([]).admits({ origin, host })).toBe(isAdmitted);
  });

  it.each([
    ["https://Friend.example:443", "https://friend.example"],
    ["https://friend.example.", "https://friend.example"],
    ["https://friend.example", "https://friend.example.:443"],
    ["capacitor://localhost", "capacitor://localhost"],
  ])("ORIGINS=%s admits %s, and nobody else", (ORIGINS, origin) => {
    const listed = new Origins(readSettings({ ORIGINS }).ORIGINS);
    expect(listed.admits({ origin, host: "game.example" })).toBe(true);
    for (const other of [
      "http://friend.example",
      "https://friend.example:8443",
      "ionic://localhost",
      "https://localhost",
    ])
      expect(listed.admits({ origin: other, host: "game.example" }), other).toBe(false);
  });

  it("are told to caches and to the pages that may come, and to no others", () => {
    answerCors((asked) => origins.admits(asked));
    const answer = (origin?: string) =>
      matchMaker.controller.getCorsHeaders(
        new Headers({ host: "game.example:2567", ...(origin === undefined ? {} : { origin }) }),
      );
    const friend = "https://friend.example";
    expect(answer(friend)).toEqual({ Vary: "Origin", "Access-Control-Allow-Origin": friend });
    // A cache that did not know that would give a page the answer that another one got.
    for (const other of ["https://evil.example", undefined]) expect(answer(other)).toEqual({ Vary: "Origin" });
    expect(matchMaker.controller.DEFAULT_CORS_HEADERS).not.toHaveProperty("Access-Control-Allow-Origin");
  });

  it("* is any", () => {
    expect(new Origins(["*"]).admits({ origin: "https://evil.example", host: "x" })).toBe(true);
  });
});

it.each([
  ["1", 0],
  ["{}", 1],
  ['{"a":[[]]}', 3],
  ['{"[[[[":"]]]]\\"[[["}', 1],
  ['["', 1],
  ["[".repeat(8000), 8000],
])("%.20s nests %i deep", (json, depth) => {
  expect(depthOf(json)).toBe(depth);
});
