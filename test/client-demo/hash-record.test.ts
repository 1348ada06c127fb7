/** The record of hashes: one in twenty for the panel, all of them only for a test that asks. */
import { describe, expect, test } from "vitest";
import { HashRecord } from "../../client-demo/app/match/hash-record.ts";

describe("the record of hashes", () => {
  const confirmed = (tick: number, hash: number) => ({ tick, hash: () => hash });

  test("hashes one tick in twenty and keeps the last of them, as long as nobody asks for more", () => {
    const hashes = new HashRecord();
    let hashed = 0;
    for (let tick = 0; tick < 100; tick++)
      hashes.record({
        tick,
        hash: () => {
          hashed++;
          return tick * 2;
        },
      });
    expect([hashed, hashes.size, hashes.milestone]).toEqual([5, 0, { tick: 80, hash: 160 }]);
  });

  test("keeps the newest 4,000 for a test that asks for them, and starts anew with a new match", () => {
    const hashes = new HashRecord();
    hashes.keepAll();
    for (let tick = 0; tick < 5000; tick++) hashes.record(confirmed(tick, tick * 2));
    expect(hashes.size).toBe(4000);
    expect(hashes.get(4999)).toBe(9998);
    expect(hashes.milestone).toEqual({ tick: 4980, hash: 9960 });
    hashes.record(confirmed(3, 1));
    expect([...hashes]).toEqual([[3, 1]]);
  });
});
