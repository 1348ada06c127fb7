/** The world's random numbers: in range, even enough, the same everywhere, and part of the world (R5, R6). */
import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";
import { everySeed } from "../../kit/every-seed.ts";

const FILE = "test/engine/game/random.test.ts";

const first = (count: number, random: WorldRandom): number[] => Array.from({ length: count }, () => random.uint32());

describe("the sequence of a seed", () => {
  it.each([
    [0, [3392997990, 2524813068, 3070639769, 752042525]],
    [1, [230213036, 3074324165, 4195445020, 3336956582]],
    [0xffffffff, [3474649820, 1430894350, 3399568891, 3343096154]],
  ])("of %i is the golden one", (seed, golden) => {
    expect(first(4, new WorldRandom(seed)), "every recording and every seed out there depends on it").toEqual(golden);
  });

  it("is that of sfc32 as published, stepped by hand in 64-bit integers", () => {
    const mask = 0xffffffffn;
    const seed = 12345n;
    let [a, b, c, counter] = [seed, ~seed & mask, 0x9e3779b9n ^ seed, 1n];
    const next = (): number => {
      const result = (a + b + counter) & mask;
      counter = (counter + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + (c << 3n)) & mask;
      c = ((((c << 21n) | (c >> 11n)) & mask) + result) & mask;
      return Number(result);
    };
    for (let i = 0; i < 12; i++) next();
    expect(first(2000, new WorldRandom(12345))).toEqual(Array.from({ length: 2000 }, next));
  });

  it("differs from that of the next seed from the first number on", () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => new WorldRandom(seed).uint32());
    expect(new Set(firsts).size).toBe(1000);
  });
});

describe("int", () => {
  it("reaches both ends and never leaves them", () => {
    everySeed(FILE, (random) => {
      const min = random.pick([0, -3, 2 ** 40, -(2 ** 40), random.int(-100, 100)]);
      const seen = new Set(Array.from({ length: 300 }, () => random.int(min, min + 4)));
      expect([...seen].sort((a, b) => a - b)).toEqual([min, min + 1, min + 2, min + 3, min + 4]);
    });
  });

  it("of one number is that number, and of the widest range any 32 bits", () => {
    const random = new WorldRandom(1);
    expect(random.int(7, 7)).toBe(7);
    const wide = Array.from({ length: 2000 }, () => random.int(-(2 ** 31), 2 ** 31 - 1));
    expect(wide.every((value) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31)).toBe(true);
    expect(Math.min(...wide)).toBeLessThan(-2_000_000_000);
    expect(Math.max(...wide)).toBeGreaterThan(2_000_000_000);
  });

  it.each([
    [1, 0],
    [0.5, 2],
    [0, 2.5],
    [0, 2 ** 32],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
  ])("of %d to %d is refused, and says how to ask", (min, max) => {
    const random = new WorldRandom(1);
    expect(() => random.int(min, max)).toThrow(RangeError);
    expect(() => random.int(min, max)).toThrow(`random.int(${min}, ${max}): give two whole numbers, smaller first`);
    expect(random.uint32(), "and takes nothing from the sequence").toBe(new WorldRandom(1).uint32());
  });

  it.each([2, 6, 10, 97])("is even over %i numbers (chi-square, fixed seeds)", (sides) => {
    for (const seed of [1, 2, 3]) {
      const random = new WorldRandom(seed);
      const counts = new Array<number>(sides).fill(0);
      const expected = 1000;
      for (let i = 0; i < sides * expected; i++) counts[random.int(0, sides - 1)]!++;
      const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      // Mean sides - 1, deviation sqrt(2 (sides - 1)): five deviations more is one case in a million.
      const most = sides - 1 + 5 * Math.sqrt(2 * (sides - 1));
      expect(chi2, `seed ${seed}: ${counts}`).toBeLessThan(most);
    }
  });
});

describe("float and chance", () => {
  it("lie in [0, 1), reach close to both ends, and have the right mean", () => {
    const random = new WorldRandom(3);
    const values = Array.from({ length: 20_000 }, () => random.float());
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...values)).toBeLessThan(0.001);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.max(...values)).toBeGreaterThan(0.999);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
  });

  it("of 0 never happens, of 1 always, of a quarter one time in four", () => {
    const random = new WorldRandom(4);
    const times = (probability: number): number =>
      Array.from({ length: 4000 }, () => random.chance(probability)).filter(Boolean).length;
    expect([times(0), times(1)]).toEqual([0, 4000]);
    expect(Math.abs(times(0.25) - 1000)).toBeLessThan(140);
  });
});

describe("lists", () => {
  it("shuffle keeps every element, in place, and every order is as likely as another", () => {
    const orders = new Map<string, number>();
    const random = new WorldRandom(5);
    for (let i = 0; i < 2400; i++) {
      const list = ["a", "b", "c", "d"];
      expect(random.shuffle(list)).toBe(list);
      const order = list.join("");
      expect([...order].sort().join("")).toBe("abcd");
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect(orders.size).toBe(24);
    const chi2 = [...orders.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(chi2).toBeLessThan(23 + 5 * Math.sqrt(46));
    expect([random.shuffle([]), random.shuffle([1])]).toEqual([[], [1]]);
  });

  it("pick takes each element, and refuses an empty list", () => {
    const random = new WorldRandom(6);
    const seen = new Set(Array.from({ length: 200 }, () => random.pick(["a", "b", "c"])));
    expect([...seen].sort()).toEqual(["a", "b", "c"]);
    expect(() => random.pick([])).toThrow("random.pick([]): the list is empty");
  });
});

describe("the state of the sequence", () => {
  it("goes on the same after being copied, and after a way over the wire", () => {
    everySeed(FILE, (random, seed) => {
      first(random.int(0, 50), random);
      const out = new ByteWriter();
      random.encode(out);
      expect(out.length).toBe(16);
      const copy = new WorldRandom(seed + 1);
      const decoded = new WorldRandom(seed + 2);
      copy.copyFrom(random);
      decoded.decode(new ByteReader(out.view()));
      const expected = first(20, random);
      expect(first(20, copy)).toEqual(expected);
      expect(first(20, decoded)).toEqual(expected);
    });
  });

  it("of a copy is its own", () => {
    const random = new WorldRandom(1);
    const copy = new WorldRandom(2);
    copy.copyFrom(random);
    first(10, copy);
    expect(random.uint32()).toBe(new WorldRandom(1).uint32());
  });
});
