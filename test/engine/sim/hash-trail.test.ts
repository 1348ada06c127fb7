/** Hashes by tick: kept for as long as they are said to be, and folded into a digest that tells every difference (R7). */
import { describe, expect, it } from "vitest";
import { HashTrail } from "../../../shared/engine/sim/hash-trail.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/sim/hash-trail.test.ts";
const CAPACITY = 8;

const trailOf = (hashes: readonly number[], firstTick = 0, capacity = CAPACITY): HashTrail => {
  const trail = new HashTrail(capacity);
  for (const [i, hash] of hashes.entries()) trail.record(firstTick + i, hash);
  return trail;
};

describe("a hash trail", () => {
  it("knows the last hashes, and neither older ones nor those to come", () => {
    const trail = trailOf([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect([0, 1, 2, 9, 10].map((tick) => trail.hashAt(tick))).toEqual([undefined, undefined, 12, 19, undefined]);
    expect(trail.latestTick).toBe(9);
  });

  it.each([-1, -8, 0.5, Number.NaN, 2 ** 32, Number.POSITIVE_INFINITY])("does not know tick %s", (tick) => {
    expect(trailOf([1, 2, 3]).hashAt(tick)).toBeUndefined();
  });

  it("does not take an empty place for a hash of 0", () => {
    const trail = new HashTrail(CAPACITY);
    expect([trail.hashAt(0), trail.latestTick, trail.digest(0, 1)]).toEqual([undefined, undefined, undefined]);
    trail.record(0, 0);
    expect(trail.hashAt(0)).toBe(0);
  });

  it("takes a second hash for the same tick: a world that was mended", () => {
    const trail = trailOf([1, 2, 3]);
    const before = trail.digest(2, 3);
    trail.record(1, 9);
    expect(trail.hashAt(1)).toBe(9);
    expect(trail.digest(2, 3)).not.toBe(before);
  });

  it("forgets everything at once", () => {
    const trail = trailOf([1, 2, 3]);
    trail.reset();
    expect([trail.hashAt(2), trail.latestTick, trail.digest(2, 1)]).toEqual([undefined, undefined, undefined]);
  });
});

describe("a digest", () => {
  it("is the one of PROTOCOL.md", () => {
    let expected = 0n;
    for (const hash of [0xdeadbeefn, 0x00000001n, 0xffffffffn]) {
      const mixed = ((expected ^ hash) * 0x9e3779b1n) & 0xffffffffn;
      expected = mixed ^ (mixed >> 15n);
    }
    expect(trailOf([0xdeadbeef, 1, 0xffffffff]).digest(2, 3)).toBe(Number(expected));
  });

  it("is of as many worlds as asked for, and of fewer at the start of a match", () => {
    const trail = trailOf([5, 6, 7, 8]);
    expect(trail.digest(3, 2)).toBe(trailOf([7, 8], 2).digest(3, 2));
    expect(trail.digest(1, 4)).toBe(trailOf([5, 6]).digest(1, 2));
    expect(trail.digest(3, 2)).not.toBe(trail.digest(3, 3));
  });

  it("is unknown when one of its worlds is: before the first, beyond the last, and where one has left", () => {
    const trail = trailOf([5, 6, 7, 8], 100);
    expect([trail.digest(103, 4), trail.digest(103, 5), trail.digest(104, 2)]).toEqual([
      expect.any(Number),
      undefined,
      undefined,
    ]);
    const long = trailOf(Array.from({ length: 20 }, (_, i) => i));
    expect([long.digest(19, CAPACITY), long.digest(19, CAPACITY + 1)]).toEqual([expect.any(Number), undefined]);
  });

  it("tells every difference in one hash, and the order of hashes", () => {
    everySeed(FILE, (random) => {
      const hashes = Array.from({ length: 5 }, () => random.uint32());
      const digest = trailOf(hashes).digest(4, 5);
      const at = random.int(0, 4);
      for (let bit = 0; bit < 32; bit++) {
        const flipped = [...hashes];
        flipped[at] = (flipped[at]! ^ (1 << bit)) >>> 0;
        expect(trailOf(flipped).digest(4, 5)).not.toBe(digest);
      }
      expect(trailOf([...hashes].reverse()).digest(4, 5)).not.toBe(digest);
      expect(trailOf(hashes, 40).digest(44, 5), "and not the ticks").toBe(digest);
    });
  });
});
