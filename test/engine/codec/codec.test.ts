/** The compiled codec of any schema: copies, bytes and back, the same value and the same order every time. */
import { isDeepStrictEqual } from "node:util";
import { schema, t } from "@colyseus/schema";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { type Codec, codecOf } from "../../../shared/engine/codec/codec.ts";
import type { Plain } from "../../../shared/engine/layout/plain.ts";
import { holds } from "../../kit/holds.ts";
import { type AnyRecord, anyRecordOf, anySchema, objectsOf } from "../../kit/schemas.ts";

const bytesOf = <T>(codec: Codec<T>, value: T): Uint8Array => {
  const out = new ByteWriter();
  codec.encode(value, out);
  return out.view().slice();
};

const sharedBy = (a: unknown, b: unknown): object[] => {
  const ofB = objectsOf(b);
  return [...objectsOf(a)].filter((object) => ofB.has(object));
};

/** A random codec with `count` random values of it. */
const codecWith = (count: number) =>
  anySchema.chain((type) => {
    const codec = codecOf(type) as Codec<AnyRecord>;
    const record = anyRecordOf(codec.layout);
    return fc.array(record, { minLength: count, maxLength: count }).map((values) => ({ codec, values }));
  });

const Item = schema({ hp: t.int16() }, "Item");
const World = schema({ tick: t.uint32(), items: t.map(Item), tags: t.map("uint8"), names: t.array("string") }, "World");
const world = codecOf(World);
type World = Plain<InstanceType<typeof World>>;
const worldOf = (keys: number[]): World => ({
  tick: 1,
  items: new Map(keys.map((key) => [key, { hp: key }])),
  tags: new Map(keys.map((key) => [key, key & 0xff])),
  names: [],
});

describe("codecOf", () => {
  it("infers plain data from the schema", () => {
    expectTypeOf(world.create()).toEqualTypeOf<{
      tick: number;
      items: Map<number, { hp: number }>;
      tags: Map<number, number>;
      names: string[];
    }>();
  });

  it("compiles a class once", () => {
    expect(codecOf(World)).toBe(world);
    expect(codecOf(World, "arena")).toBe(codecOf(World, "arena"));
    expect(codecOf(World, "arena").layout).toBe(world.layout);
  });

  it("creates neutral values that share nothing", () => {
    expect(world.create()).toEqual({ tick: 0, items: new Map(), tags: new Map(), names: [] });
    holds(
      fc.property(codecWith(0), ({ codec }) => {
        const [a, b] = [codec.create(), codec.create()];
        expect(sharedBy(a, b)).toEqual([]);
        codec.settleStrict(a);
      }),
    );
  });

  it("says in one sentence what a Content-Security-Policy must allow", () => {
    const Fresh = schema({ x: t.int8() }, "Fresh");
    vi.stubGlobal(
      "Function",
      class {
        constructor() {
          throw new EvalError("Refused to evaluate a string as JavaScript");
        }
      },
    );
    try {
      expect(() => codecOf(Fresh)).toThrow(/Content-Security-Policy must allow 'unsafe-eval'/);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(codecOf(Fresh).create()).toEqual({ x: 0 });
  });
});

describe("encode and decode", () => {
  it("bring back any value of any schema", () => {
    holds(
      fc.property(codecWith(1), ({ codec, values: [value] }) => {
        const bytes = bytesOf(codec, value!);
        const input = new ByteReader(bytes);
        const back = codec.decode(input);
        expect(input.failed).toBe(false);
        expect(input.remaining).toBe(0);
        expect(isDeepStrictEqual(back, value)).toBe(true);
        expect(bytesOf(codec, back!)).toEqual(bytes);
        codec.settleStrict(back!);
      }),
      300,
    );
  });

  it("write fields in the order of their declaration, however the object was made", () => {
    const a = { tick: 7, items: new Map(), tags: new Map(), names: ["n"] };
    const b = { names: ["n"], tags: new Map(), items: new Map(), tick: 7 };
    expect(bytesOf(world, b)).toEqual(bytesOf(world, a));
    expect([...bytesOf(world, a)]).toEqual([7, 0, 0, 0, 0, 0, 1, 1, 110, 0]);
  });

  it("keep the order of maps, which is state", () => {
    const back = world.decode(new ByteReader(bytesOf(world, worldOf([5, -1, 3]))))!;
    expect([...back.items.keys()]).toEqual([5, -1, 3]);
    expect(bytesOf(world, worldOf([5, 3, -1]))).not.toEqual(bytesOf(world, worldOf([5, -1, 3])));
  });

  it("leave what follows the value to the caller", () => {
    const out = new ByteWriter();
    world.encode(worldOf([1]), out);
    out.uint8(99);
    const input = new ByteReader(out.view());
    expect(world.decode(input)).toEqual(worldOf([1]));
    expect(input.uint8()).toBe(99);
  });

  it("never throw on arbitrary bytes, and what is accepted is what would be written (R13)", () => {
    holds(
      fc.property(codecWith(0), fc.uint8Array({ maxLength: 64 }), ({ codec }, bytes) => {
        const input = new ByteReader(bytes);
        const value = codec.decode(input);
        expect(value === undefined).toBe(input.failed);
        if (value === undefined) return;
        codec.settleStrict(value);
        expect(bytesOf(codec, value)).toEqual(bytes.slice(0, input.offset));
      }),
      300,
    );
  });

  it("never throw on valid bytes that were changed or cut short (R13)", () => {
    const change = fc.record({ at: fc.nat(), by: fc.integer({ min: 0, max: 255 }), end: fc.option(fc.nat()) });
    holds(
      fc.property(codecWith(1), fc.array(change), ({ codec, values: [value] }, changes) => {
        let bytes = bytesOf(codec, value!);
        for (const { at, by, end } of changes) {
          if (bytes.length > 0) bytes[at % bytes.length]! ^= by;
          if (end !== null) bytes = bytes.slice(0, end % (bytes.length + 1));
        }
        const input = new ByteReader(bytes);
        const back = codec.decode(input);
        expect(back === undefined).toBe(input.failed);
        if (back !== undefined) expect(bytesOf(codec, back)).toEqual(bytes.slice(0, input.offset));
      }),
      300,
    );
  });

  it("refuse every truncation", () => {
    holds(
      fc.property(codecWith(1), fc.nat(), ({ codec, values: [value] }, at) => {
        const bytes = bytesOf(codec, value!);
        const input = new ByteReader(bytes.subarray(0, at % bytes.length));
        expect(codec.decode(input)).toBeUndefined();
        expect(input.failed).toBe(true);
      }),
    );
  });

  const One = schema({ f: t.float64(), b: t.boolean() }, "One");
  const Many = schema(
    { f: t.array("float64"), m: t.map("boolean"), deep: t.array(schema({ s: t.string() }, "S")) },
    "Many",
  );
  it.each([
    ["NaN in a field", One, [0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 0]],
    ["a boolean of 2", One, [0, 0, 0, 0, 0, 0, 0, 0, 2]],
    ["NaN in an array", Many, [1, 1, 0, 0, 0, 0, 0, 0xf0, 0x7f, 0, 0]],
    ["a boolean of 255 in a map", Many, [0, 1, 0, 0, 0, 0, 255, 0]],
    ["one key twice in a map", Many, [0, 2, 9, 0, 0, 0, 1, 9, 0, 0, 0, 1, 0]],
    ["a count in two bytes that needs one", Many, [0x80, 0, 0, 0]],
    ["more records than there are bytes", Many, [0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 0]],
    ["more numbers than there are bytes", Many, [0xff, 0xff, 0xff, 0xff, 0x0f]],
    ["more entries than there are bytes", Many, [0, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("refuse %s", (_, type, bytes) => {
    const input = new ByteReader(Uint8Array.from(bytes));
    expect(codecOf<unknown>(type).decode(input)).toBeUndefined();
    expect(input.failed).toBe(true);
  });
});

describe("copy", () => {
  it("makes any value equal to any other, and shares nothing with it", () => {
    holds(
      fc.property(codecWith(3), ({ codec, values: [from, into, other] }) => {
        const bytes = bytesOf(codec, from!);
        codec.copy(from!, into!);
        expect(isDeepStrictEqual(into, from)).toBe(true);
        expect(bytesOf(codec, into!)).toEqual(bytes);
        expect(sharedBy(from, into)).toEqual([]);
        // changing one never changes the other, and a target can be used again and again
        codec.copy(other!, from!);
        expect(bytesOf(codec, into!)).toEqual(bytes);
        codec.copy(from!, into!);
        expect(bytesOf(codec, into!)).toEqual(bytesOf(codec, other!));
        codec.settleStrict(into!);
      }),
      300,
    );
  });

  it("keeps every object of the target when the shapes match", () => {
    holds(
      fc.property(codecWith(1), ({ codec, values: [from] }) => {
        const into = codec.create();
        codec.copy(from!, into);
        const before = [...objectsOf(into)];
        codec.copy(from!, into);
        expect([...objectsOf(into)].every((object, i) => object === before[i])).toBe(true);
      }),
    );
  });

  it.each([
    ["nothing changed", [1, 2, 3], [1, 2, 3]],
    ["one was born", [1, 2, 3, 4], [1, 2, 3]],
    ["the oldest died", [2, 3], [1, 2, 3]],
    ["one in the middle died and two were born", [1, 3, 5, 4], [1, 2, 3]],
    ["the newest died", [1, 2], [1, 2, 3]],
    ["one died and came back at the end", [2, 3, 1], [1, 2, 3]],
    ["one came back at the front", [1, 2, 3], [2, 3]],
    ["the order turned round", [3, 2, 1], [1, 2, 3]],
    ["all are others", [7, 8], [1, 2, 3]],
    ["all died", [], [1, 2, 3]],
    ["the target was empty", [1, 2], []],
  ])("keeps the order of a map when %s", (_, from, into) => {
    const target = worldOf(into);
    world.copy(worldOf(from), target);
    expect([...target.items]).toEqual([...worldOf(from).items]);
    expect([...target.tags]).toEqual([...worldOf(from).tags]);
  });

  it("keeps the records of a map that only lost and gained some", () => {
    const target = worldOf([1, 2, 3]);
    const kept = target.items.get(2);
    world.copy(worldOf([2, 3, 4]), target);
    expect(target.items.get(2)).toBe(kept);
  });
});
