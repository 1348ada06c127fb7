/**
 * Streams beside the world's sequence: independent of each other, fresh each tick, nothing kept outside the world (R5,
 * R6).
 */
import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import type { RandomStream } from "../../../shared/engine/game/sfc32.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/game/random-stream.test.ts";
const WHOLE = [0, 2 ** 32 - 1] as const;

const first = (count: number, stream: RandomStream): number[] =>
  Array.from({ length: count }, () => stream.int(...WHOLE));

/** A world's random numbers at the start of a tick. */
function at(tick: number, seed = 1): WorldRandom {
  const random = new WorldRandom(seed);
  random.beginTick(tick);
  return random;
}

const bytesOf = (random: WorldRandom): number[] => {
  const out = new ByteWriter();
  random.encode(out);
  return [...out.view()];
};

describe("a stream", () => {
  it("is the golden one", () => {
    const golden = [first(2, at(0).stream("loot")), first(2, at(7, 0xffffffff).stream("bot", -3))];
    expect(golden, "every recording of a game that uses streams depends on it").toEqual([
      [4054252571, 3730599245],
      [581258457, 4110370955],
    ]);
  });

  it("is what sfc32 as published gives from the world's state xor tick, name hash and id, in 64-bit integers", () => {
    const mask = 0xffffffffn;
    const random = at(77, 9);
    const bytes = new DataView(Uint8Array.from(bytesOf(random)).buffer);
    const word = (i: number): bigint => BigInt(bytes.getUint32(4 * i, true));
    let hash = 0x811c9dc5n;
    for (const letter of "lööt") hash = ((hash ^ BigInt(letter.charCodeAt(0))) * 0x01000193n) & mask;
    let [a, b, c, counter] = [word(0) ^ 77n, word(1) ^ hash, word(2) ^ (-5n & mask), word(3)];
    const next = (): number => {
      const result = (a + b + counter) & mask;
      counter = (counter + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + (c << 3n)) & mask;
      c = ((((c << 21n) | (c >> 11n)) & mask) + result) & mask;
      return Number(result);
    };
    for (let i = 0; i < 12; i++) next();
    expect(first(1000, random.stream("lööt", -5))).toEqual(Array.from({ length: 1000 }, next));
  });

  it("goes on within a tick, and without an id is that of id 0", () => {
    const expected = first(4, at(3).stream("loot"));
    const random = at(3);
    const drawn = [0, 1, 2, 3].map((i) => random.stream("loot", i % 2 === 0 ? 0 : undefined).int(...WHOLE));
    expect(drawn).toEqual(expected);
    expect(random.stream("loot", -0).int(...WHOLE)).toBe(first(5, at(3).stream("loot"))[4]);
  });

  it("starts again in each tick with other numbers, though the world drew nothing", () => {
    const random = new WorldRandom(5);
    const firsts = Array.from({ length: 2000 }, (_, tick) => {
      random.beginTick(tick);
      return random.stream("loot").int(...WHOLE);
    });
    expect(new Set(firsts).size).toBe(2000);
    random.beginTick(1234);
    expect(random.stream("loot").int(...WHOLE), "and takes nothing over").toBe(firsts[1234]);
  });

  it("of setup is none of tick 0", () => {
    const random = new WorldRandom(5);
    const inSetup = first(3, random.stream("map"));
    random.beginTick(0);
    expect(first(3, random.stream("map"))).not.toEqual(inSetup);
  });

  it.each([0.5, 2 ** 31, -(2 ** 31) - 1, Number.NaN, Number.POSITIVE_INFINITY])("of id %d is refused", (id) => {
    expect(() => at(0).stream("loot", id)).toThrow(`random.stream("loot", ${id}): give an id that is a whole number`);
  });
});

describe("drawing", () => {
  it("from a stream changes no other stream and not the world's bytes, in any order of asking", () => {
    everySeed(FILE, (script, seed) => {
      const names = ["loot", "bot", "loop", "", "战利品"];
      const keys = Array.from({ length: 12 }, (_, i) => ({
        name: script.pick(names),
        id: script.int(-2, 2) * (i + 1),
      }));
      const random = at(seed, seed);
      const bytes = bytesOf(random);
      const drawn = new Map<string, number[]>();
      for (let i = 0; i < 200; i++) {
        const { name, id } = script.pick(keys);
        const key = `${name} ${id}`;
        drawn.set(key, [...(drawn.get(key) ?? []), random.stream(name, id).int(...WHOLE)]);
      }
      expect(bytesOf(random)).toEqual(bytes);
      for (const { name, id } of keys) {
        const alone = drawn.get(`${name} ${id}`) ?? [];
        expect(first(alone.length, at(seed, seed).stream(name, id)), `${name} ${id}`).toEqual(alone);
      }
    });
  });

  it("from the world itself changes no stream in this tick, and every stream from the next on", () => {
    const random = at(1);
    random.float();
    expect(first(3, random.stream("loot"))).toEqual(first(3, at(1).stream("loot")));
    random.beginTick(2);
    const quiet = at(1);
    quiet.beginTick(2);
    expect(first(3, random.stream("loot"))).not.toEqual(first(3, quiet.stream("loot")));
  });
});

describe("streams", () => {
  it("need nothing but the 16 bytes of a snapshot, and the tick", () => {
    everySeed(FILE, (script, seed) => {
      const random = new WorldRandom(seed);
      for (let i = script.int(0, 9); i > 0; i--) random.float();
      const restored = new WorldRandom(seed + 1);
      restored.stream("loot").float();
      restored.decode(new ByteReader(Uint8Array.from(bytesOf(random))));
      const rolledBack = new WorldRandom(seed + 2);
      rolledBack.stream("loot").float();
      rolledBack.copyFrom(random);
      const drawn = [random, restored, rolledBack].map((each) => {
        each.beginTick(seed);
        return first(5, each.stream("loot", 3));
      });
      expect(drawn[1]).toEqual(drawn[0]);
      expect(drawn[2]).toEqual(drawn[0]);
    });
  });

  it.each(["id", "tick", "name"])("that differ in one bit of the %s differ in half of their bits", (part) => {
    let flipped = 0;
    const pairs = 4000;
    for (let i = 0; i < pairs; i++) {
      const bit = 1 << (i % 16);
      const a = at(i).stream("loot", i);
      const b =
        part === "id"
          ? at(i).stream("loot", i ^ bit)
          : part === "tick"
            ? at(i ^ bit).stream("loot", i)
            : at(i).stream(`loo${String.fromCharCode("t".charCodeAt(0) ^ bit)}`, i);
      for (let x = a.int(...WHOLE) ^ b.int(...WHOLE); x !== 0; x &= x - 1) flipped++;
    }
    // 16 of 32, deviation 2.83 a pair: five deviations of the mean of 4,000 pairs.
    expect(Math.abs(flipped / pairs - 16)).toBeLessThan(0.23);
  });

  it.each([2, 6, 97])("one draw of each, are even over %i numbers (chi-square)", (sides) => {
    const counts = new Array<number>(sides).fill(0);
    const expected = 500;
    for (let i = 0; i < sides * expected; i++)
      counts[
        at(i >> 4)
          .stream("bot", i & 15)
          .int(0, sides - 1)
      ]!++;
    const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chi2).toBeLessThan(sides - 1 + 5 * Math.sqrt(2 * (sides - 1)));
  });
});
