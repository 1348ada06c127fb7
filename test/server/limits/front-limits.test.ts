/** The counts of the front line by address: connections, what was done within a minute, seats that nobody came to. */
import { describe, expect, it } from "vitest";
import { ConnectionCaps } from "../../../server/limits/connection-caps.ts";
import { ConnectionRate } from "../../../server/limits/connection-rate.ts";
import { MinuteCounter } from "../../../server/limits/minute-counter.ts";
import { PendingJoins } from "../../../server/limits/pending-joins.ts";
import { TokenBucket } from "../../../shared/budget/token-bucket.ts";

it("a bucket refills with time, up to what fits, and remembers debts", () => {
  const bucket = new TokenBucket(10, 20);
  expect(bucket.spend(25, 0)).toBe(-5);
  expect(bucket.spend(0, 1000)).toBe(5);
  expect(bucket.spend(0, 60_000)).toBe(20);
  expect(bucket.spend(1, 50_000)).toBe(19);
});

it("an address has a limited number of connections, and others theirs; one that waits for a next request does not count", () => {
  const caps = new ConnectionCaps(2);
  const [first, second, other] = [caps.take("a")!, caps.take("a")!, caps.take("b")!];
  expect([caps.take("a"), caps.isFull("a"), caps.isFull("a", 1), caps.isFull("b")]).toEqual([
    undefined,
    true,
    false,
    false,
  ]);
  first.rest();
  first.rest();
  const third = caps.take("a")!;
  expect(caps.take("a"), "what rests twice is one").toBeUndefined();
  expect(first.resume(), "another one has its place").toBe(false);
  third.leave();
  expect([first.resume(), first.resume(), caps.isFull("a")]).toEqual([true, true, true]);
  expect(caps.size).toBe(2);
  for (const place of [first, second, other]) place.leave();
  expect(first.resume(), "what is closed does not come back").toBe(false);
  expect(caps.size, "who has none is forgotten").toBe(0);
});

it("an address may open a limited number of connections a minute, and is forgotten when it stays away", () => {
  const rate = new ConnectionRate(3);
  expect([1, 2, 3, 4, 5].map((now) => rate.take("a", now))).toEqual([true, true, true, false, false]);
  expect(rate.take("b", 6)).toBe(true);
  expect([rate.isLow("a", 6), rate.isLow("b", 6), rate.isLow("c", 6)]).toEqual([true, false, false]);
  // One more every twenty seconds, whatever was refused meanwhile.
  expect([rate.take("a", 20_010), rate.take("a", 20_011)]).toEqual([true, false]);
  rate.sweep(25_000);
  expect(rate.size).toBe(1);
  rate.sweep(90_000);
  expect(rate.size).toBe(0);
});

describe("seats that are reserved", () => {
  it("count until their owner comes, from whichever address", () => {
    const pending = new PendingJoins(2);
    expect([pending.begin("a", 0), pending.begin("a", 1000), pending.begin("a", 2000)]).toEqual([true, true, false]);
    pending.reserved("a", "first", false);
    pending.reserved("a", "second", true);
    pending.reserved("b", "of nobody who is counted", false);
    expect(pending.end("second")).toMatchObject({ key: "a", isCreation: true });
    expect(pending.end("second"), "comes once").toBeUndefined();
    expect(pending.end("never heard of"), "who invents a seat frees none").toBeUndefined();
    expect([pending.begin("a", 3000), pending.begin("a", 3000)]).toEqual([true, false]);
    pending.cancel("a");
    expect(pending.begin("a", 3000), "what matchmaking refused is none").toBe(true);
  });

  it("and that nobody came to count for a minute after they ran out", () => {
    const pending = new PendingJoins(1);
    pending.begin("a", 0);
    pending.reserved("a", "nobody", false);
    expect([pending.begin("a", 16_000), pending.begin("a", 74_999), pending.begin("a", 75_000)]).toEqual([
      false,
      false,
      true,
    ]);
    pending.begin("b", 76_000);
    expect(pending.size).toBe(2);
    pending.sweep(150_000);
    expect(pending.size).toBe(1);
    pending.sweep(151_000);
    expect(pending.size).toBe(0);
    expect(pending.end("nobody")).toBeUndefined();
  });
});

it("a limited number a minute, but for those that turned out well", () => {
  const counter = new MinuteCounter(2);
  expect([0, 1, 2].map((now) => counter.take("a", now))).toEqual([true, true, false]);
  expect([counter.isSpent("a", 3), counter.isSpent("b", 3), counter.isSpent("a", 60_000)]).toEqual([
    true,
    false,
    false,
  ]);
  counter.giveBack("a");
  counter.giveBack("stranger");
  expect([counter.take("a", 4), counter.take("a", 5), counter.take("b", 5)]).toEqual([true, false, true]);
  expect(counter.take("a", 60_000), "its minute is over").toBe(true);
  counter.sweep(60_005);
  expect(counter.size).toBe(1);
  counter.sweep(120_000);
  expect(counter.size).toBe(0);
});
