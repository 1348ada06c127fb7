/** `settle` finds every value that does not fit its declaration, and says where; it mends -0 and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { type Codec, codecOf, ValueError } from "../../../shared/engine/codec/codec.ts";
import { holds } from "../../kit/holds.ts";
import { type AnyRecord, anyRecordOf, anySchema } from "../../kit/schemas.ts";
import { Arena, arena, errorOf, fresh, type Loose, type Misfit, player } from "./kit/arena.ts";

const MISFITS: readonly Misfit[] = [
  ["a fraction", (w) => (w.players.get(3)!.x = 1.5), "arena.players[3].x", "1.5 is not a whole number; round it"],
  ["too large a number", (w) => (w.round = 256), "arena.round", "256 does not fit t.uint8() (0 to 255)"],
  ["a negative number", (w) => (w.round = -1), "arena.round", "-1 does not fit t.uint8() (0 to 255)"],
  ["2^31", (w) => (w.spawn.x = 2 ** 31), "arena.spawn.x", "does not fit t.int32() (-2147483648 to 2147483647)"],
  ["NaN in a whole number", (w) => (w.spawn.x = Number.NaN), "arena.spawn.x", "NaN is not a value"],
  ["Infinity in a whole number", (w) => (w.spawn.x = Infinity), "arena.spawn.x", "Infinity is not a whole number"],
  ["NaN in a float64", (w) => (w.queue[1]!.speed = 0 / 0), "arena.queue[1].speed", "NaN is not a value"],
  ["a numeric text", (_, l) => (l.round = "1"), "arena.round", '"1" is not a number'],
  ["a BigInt", (_, l) => (l.round = 1n), "arena.round", "a BigInt is not a number"],
  ["a symbol", (_, l) => (l.round = Symbol("s")), "arena.round", "a symbol is not a number"],
  ["an object with valueOf", (_, l) => (l.round = { valueOf: () => 1 }), "arena.round", "an object is not a number"],
  ["null for a number", (_, l) => (l.round = null), "arena.round", "null is not a number"],
  ["1 for true", (_, l) => (l.spawn.isAlive = 1), "arena.spawn.isAlive", "1 is not true or false"],
  ["a number for text", (_, l) => (l.spawn.name = 5), "arena.spawn.name", "5 is not a string"],
  ["half an emoji", (w) => (w.spawn.name = "ab\ud83d"), "arena.spawn.name", '"ab\\ud83d" has half an emoji at 2'],
  ["its other half", (w) => w.names.push("😀".slice(1)), "arena.names[1]", "cut [...text], which keeps them together"],
  [
    "a long text in place of a number",
    (w) => (w.spawn.x = `${"y".repeat(19)}😀${"z".repeat(9)}` as never),
    "arena.spawn.x",
    `"${"y".repeat(19)}..." is not a number`,
  ],
  ["two halves turned", (w) => (w.names[0] = "\ude00\ud83d"), "arena.names[0]", "has half an emoji at 0"],
  ["a missing property", (_, l) => delete l.spawn.name, "arena.spawn.name", "is missing"],
  ["an undefined property", (_, l) => (l.round = undefined), "arena.round", "is missing"],
  ["a missing record", (_, l) => delete l.spawn, "arena.spawn", "is missing"],
  ["null for a record", (_, l) => (l.spawn = null), "arena.spawn", "null is not a Player record"],
  ["an extra property", (_, l) => (l.target = 1), "arena.target", "is not declared in Arena"],
  ["an extra property deep down", (_, l) => (l.queue[0].aim = 1), "arena.queue[0].aim", "is not declared in Player"],
  [
    "a misspelt property",
    (_, l) => {
      l.spawn.nmae = l.spawn.name;
      delete l.spawn.name;
    },
    "arena.spawn.nmae",
    "is not declared in Player",
  ],
  ["an array for a map", (_, l) => (l.players = []), "arena.players", "an object is not a Map; write new Map()"],
  ["an object for a map", (_, l) => (l.scores = {}), "arena.scores", "an object is not a Map"],
  ["a map for an array", (_, l) => (l.queue = new Map()), "arena.queue", "an object is not an array"],
  ["something like an array", (_, l) => (l.walls = { length: 0 }), "arena.walls", "an object is not an array"],
  ["a typed array", (_, l) => (l.drops = new Float64Array(2)), "arena.drops", "an object is not an array"],
  ["text for an array", (_, l) => (l.names = "ab"), "arena.names", '"ab" is not an array'],
  ["an array for a record", (_, l) => (l.spawn = []), "arena.spawn", "an object is not a Player record"],
  ["a missing map", (_, l) => delete l.players, "arena.players", "is missing"],
  ["a missing array", (_, l) => delete l.walls, "arena.walls", "is missing"],
  ["a text key", (_, l) => l.scores.set("4", 1), 'arena.scores["4"]', 'the key "4" is not a whole number'],
  ["a fractional key", (w) => w.players.set(1.5, player()), "arena.players[1.5]", "the key 1.5 is not a whole"],
  ["a key of 2^31", (w) => w.scores.set(2 ** 31, 1), "arena.scores[2147483648]", "is not a whole number"],
  ["a misfit in a map", (w) => w.scores.set(4, 40000), "arena.scores[4]", "40000 does not fit t.int16()"],
  ["a misfit in an array", (w) => w.walls.push(0.5), "arena.walls[2]", "0.5 is not a whole number"],
  ["NaN in an array", (w) => w.drops.push(Number.NaN), "arena.drops[1]", "NaN is not a value"],
  ["a hole in numbers", (w) => (w.walls[4] = 1), "arena.walls[2]", "is a hole; fill it or use a map"],
  ["a hole in records", (w) => (w.queue[3] = player()), "arena.queue[2]", "is a hole; fill it or use a map"],
  ["a hole in texts", (w) => (w.names.length = 2), "arena.names[1]", "is a hole; fill it or use a map"],
  ["undefined in an array", (_, l) => l.walls.push(undefined), "arena.walls[2]", "is missing"],
];

describe("settle", () => {
  it("accepts what fits, and leaves it alone", () => {
    const world = fresh();
    arena.settle(world);
    arena.settleStrict(world);
    expect(world).toEqual(fresh());
  });

  it.each(MISFITS)("names the path of %s", (_, spoil, path, reason) => {
    for (const settle of [arena.settle, arena.settleStrict]) {
      const world = fresh();
      spoil(world, world);
      const error = errorOf(() => settle(world));
      expect(error).toBeInstanceOf(RangeError);
      expect(error.path).toBe(path);
      expect(error.message).toContain(`${path}: `);
      expect(error.message).toContain(reason);
    }
  });

  it.each([null, undefined, 5, "state", [], new Map()])("refuses %s for a whole state", (value: Loose) => {
    expect(errorOf(() => arena.settle(value)).path).toBe("arena");
  });

  it("accepts infinities and -0 in float64", () => {
    const world = fresh();
    world.drops = [Infinity, -Infinity, -0];
    world.spawn.speed = -0;
    arena.settleStrict(world);
    arena.settle(world);
    expect(world.drops).toEqual([Infinity, -Infinity, -0]);
    expect(world.spawn.speed).toBe(-0);
  });

  it.each(["settle", "settleStrict"] as const)(
    "%s turns -0 of whole numbers into 0, which is what the wire carries",
    (settle) => {
      const world = fresh();
      world.round = -0;
      world.players.get(3)!.x = -0;
      world.scores.set(3, -0);
      world.walls[1] = -0;
      arena[settle](world);
      expect([world.round, world.players.get(3)!.x, world.scores.get(3), world.walls[1]]).toEqual([0, 0, 0, 0]);
      expect([...world.scores.keys()]).toEqual([3]);
    },
  );

  it("does not mistake a property that was added to every object for one of the state", () => {
    const prototype = Object.prototype as unknown as { polluted?: number };
    prototype.polluted = 1;
    try {
      arena.settle(fresh());
    } finally {
      delete prototype.polluted;
    }
  });

  it("calls the value by the name of its schema when no path is given", () => {
    expect(errorOf(() => codecOf(Arena).settle({ ...fresh(), round: 0.5 })).path).toBe("Arena.round");
  });

  it("accepts every value that fits, of any schema, and gives one value one encoding", () => {
    const withValue = anySchema.chain((type) => {
      const codec = codecOf(type) as Codec<AnyRecord>;
      return anyRecordOf(codec.layout).map((value) => ({ codec, value }));
    });
    holds(
      fc.property(withValue, ({ codec, value }) => {
        const before = new ByteWriter();
        codec.encode(value, before);
        codec.settle(value);
        codec.settleStrict(value);
        const after = new ByteWriter();
        codec.encode(value, after);
        expect(after.view()).toEqual(before.view());
      }),
    );
  });

  it("refuses the same values as the strict check, one leaf of any schema spoilt", () => {
    const withSpoiled = anySchema.chain((type) => {
      const codec = codecOf(type) as Codec<AnyRecord>;
      const spoil = fc.record({
        field: fc.constantFrom(...codec.layout.fields),
        value: fc.oneof(fc.anything(), fc.constantFrom(Number.NaN, 0.5, 2 ** 32, "", true, -1, 1n)),
      });
      return fc.tuple(anyRecordOf(codec.layout), spoil).map(([value, { field, value: spoilt }]) => ({
        codec,
        value: { ...value, [field.name]: spoilt },
      }));
    });
    const verdict = (run: () => void): string => {
      try {
        run();
        return "fits";
      } catch (error) {
        if (error instanceof ValueError) return error.path;
        throw error;
      }
    };
    holds(
      fc.property(withSpoiled, ({ codec, value }) => {
        const quick = verdict(() => codec.settle(value));
        const strict = verdict(() => codec.settleStrict(value));
        // the strict check may find more, never less
        if (quick !== "fits") expect(strict).not.toBe("fits");
      }),
      1000,
    );
  });
});
