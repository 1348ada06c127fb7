/** The parts of the front line that only compute: addresses behind proxies, origins, bodies, buckets, seats not come to. */
import type { IncomingMessage } from "node:http";
import { matchMaker } from "@colyseus/core";
import { describe, expect, it } from "vitest";
import { Addresses } from "../../../server/front/addresses.ts";
import { depthOf } from "../../../server/front/body.ts";
import { ConnectionCaps } from "../../../server/front/connection-caps.ts";
import { ConnectionRate } from "../../../server/front/connection-rate.ts";
import { Origins } from "../../../server/front/origins.ts";
import { PendingJoins } from "../../../server/front/pending-joins.ts";
import { Bucket } from "../../../server/match/bucket.ts";
import { readSettings } from "../../../server/settings.ts";

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
  ])("%s", (_what, peer, chain, expected) => {
    const [address, headers] = settle(peer, { "x-forwarded-for": chain, "x-forwarded-host": "evil", forwarded: "x" });
    expect(address).toBe(expected);
    expect(headers).toEqual(expected === undefined ? {} : { "x-real-ip": expected });
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

  it("are told to caches and to the pages that may come, and to no others", () => {
    origins.answerCors();
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

it("a bucket refills with time, up to what fits, and remembers debts", () => {
  const bucket = new Bucket(10, 20);
  expect(bucket.spend(25, 0)).toBe(-5);
  expect(bucket.spend(0, 1000)).toBe(5);
  expect(bucket.spend(0, 60_000)).toBe(20);
  expect(bucket.spend(1, 50_000)).toBe(19);
});

it("an address has so many connections, and others theirs", () => {
  const caps = new ConnectionCaps(2);
  expect([caps.take("a"), caps.take("a"), caps.take("a"), caps.take("b")]).toEqual([true, true, false, true]);
  caps.release("a");
  expect([caps.take("a"), caps.take("a")]).toEqual([true, false]);
  expect(caps.size).toBe(2);
  for (const address of ["a", "a", "b"]) caps.release(address);
  expect(caps.size, "who has none is forgotten").toBe(0);
});

it("an address may open so many connections a minute, and is forgotten when it stays away", () => {
  const rate = new ConnectionRate(3);
  expect([1, 2, 3, 4, 5].map((now) => rate.take("a", now))).toEqual([true, true, true, false, false]);
  expect(rate.take("b", 6)).toBe(true);
  // One more every twenty seconds, whatever was refused meanwhile.
  expect([rate.take("a", 20_010), rate.take("a", 20_011)]).toEqual([true, false]);
  rate.sweep(25_000);
  expect(rate.size).toBe(1);
  rate.sweep(90_000);
  expect(rate.size).toBe(0);
});

it("a reservation counts until its owner comes, or Colyseus forgets it", () => {
  const pending = new PendingJoins(2);
  expect([pending.begin("a", 0), pending.begin("a", 1000), pending.begin("a", 2000)]).toEqual([true, true, false]);
  pending.end("a");
  expect([pending.begin("a", 3000), pending.begin("a", 3000)]).toEqual([true, false]);
  expect(pending.begin("a", 16_000)).toBe(true);
  expect(pending.begin("b", 16_000)).toBe(true);
  pending.sweep(17_000);
  expect(pending.size).toBe(2);
  pending.sweep(60_000);
  expect(pending.size).toBe(0);
  expect([pending.begin("a", 60_000), pending.begin("a", 60_000)]).toEqual([true, true]);
});
