/** Inputs: their differences in bits, their check, and what strangers may send instead of one (R13). */
import { schema, t } from "@colyseus/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitReader, BitWriter } from "../../../shared/engine/bytes/bits.ts";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { ValueError } from "../../../shared/engine/codec/codec.ts";
import { type InputCodec, inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { holds } from "../../kit/holds.ts";
import { type AnyRecord, anyInputSchema, anyRecordOf } from "../../kit/schemas.ts";

const Input = schema({ dx: t.int8<-1 | 0 | 1>(), aim: t.float64(), isFiring: t.boolean(), slot: t.uint16() }, "Input");
const codec = inputCodecOf(Input, "tag");
const input = () => ({ dx: 1 as -1 | 0 | 1, aim: 0.5, isFiring: true, slot: 9 });
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is what the types would refuse
type Loose = any;

const deltaOf = <I>(codec: InputCodec<I>, previous: I, next: I): Uint8Array => {
  const out = new ByteWriter();
  const bits = new BitWriter(out);
  codec.writeDelta(previous, next, bits);
  bits.flush();
  return out.view().slice();
};

/** A random input codec with `count` random inputs. */
const codecWith = (count: number) =>
  anyInputSchema.chain((type) => {
    const codec = inputCodecOf(type) as InputCodec<AnyRecord>;
    const record = anyRecordOf(codec);
    return fc.array(record, { minLength: count, maxLength: count }).map((values) => ({ codec, values }));
  });

describe("an input codec", () => {
  it("is compiled once, names its fields and starts neutral", () => {
    expect(inputCodecOf(Input, "tag")).toBe(codec);
    expect(codec.fields.map((field) => field.name)).toEqual(["dx", "aim", "isFiring", "slot"]);
    expect(codec.create()).toEqual({ dx: 0, aim: 0, isFiring: false, slot: 0 });
  });

  it("copies, and compares every field", () => {
    const copy = codec.create();
    codec.copy(input(), copy);
    expect(copy).toEqual(input());
    expect(codec.equals(copy, input())).toBe(true);
    for (const change of [{ dx: 0 }, { aim: 0 }, { isFiring: false }, { slot: 8 }] as const)
      expect(codec.equals({ ...input(), ...change }, input())).toBe(false);
    expect(codec.equals({ ...input(), aim: -0 }, { ...input(), aim: 0 })).toBe(false);
  });

  it("settles: names what does not fit, mends -0", () => {
    const misfit = (change: Loose) => {
      try {
        codec.settle({ ...input(), ...change });
      } catch (error) {
        return error instanceof ValueError ? error.message : "another error";
      }
      return "";
    };
    expect(misfit({ dx: 0.5 })).toMatch(/^tag\.dx: 0\.5 is not a whole number/);
    expect(misfit({ aim: Number.NaN })).toMatch(/^tag\.aim: NaN/);
    expect(misfit({ jump: true })).toMatch(/^tag\.jump: is not declared in Input/);
    expect(misfit({ slot: undefined })).toMatch(/^tag\.slot: is missing/);
    const zero = { ...input(), dx: -0 as 0, aim: -0 };
    codec.settle(zero);
    expect([zero.dx, zero.aim]).toEqual([0, -0]);
  });
});

describe("the delta of an input", () => {
  it("costs one bit a field when nothing changed", () => {
    expect([...deltaOf(codec, input(), input())]).toEqual([0]);
  });

  it("carries what changed at its own width, after a 1", () => {
    // dx: 1 and -1 in 8 bits; aim: 0; isFiring: 1 and 0; slot: 0
    expect([...deltaOf(codec, input(), { ...input(), dx: -1, isFiring: false })]).toEqual([0xff, 0b0000_0101]);
  });

  it("comes back for any two inputs of any schema, also in place", () => {
    holds(
      fc.property(codecWith(3), ({ codec, values: [previous, next, into] }) => {
        const bytes = deltaOf(codec, previous!, next!);
        for (const target of [into!, previous!]) {
          const bits = new BitReader(new ByteReader(bytes));
          codec.readDelta(previous!, target, bits);
          bits.align();
          expect(bits.failed).toBe(false);
          expect(codec.equals(target, next!)).toBe(true);
          expect(target).toEqual(next);
        }
      }),
      500,
    );
  });

  it("never throws on arbitrary bytes, and what is accepted is what would be written (R13)", () => {
    holds(
      fc.property(codecWith(1), fc.uint8Array({ maxLength: 40 }), ({ codec, values: [previous] }, bytes) => {
        const reader = new ByteReader(bytes);
        const bits = new BitReader(reader);
        const into = codec.create();
        codec.readDelta(previous!, into, bits);
        bits.align();
        if (bits.failed) return;
        codec.settle(into);
        expect(deltaOf(codec, previous!, into)).toEqual(bytes.slice(0, reader.offset));
      }),
      500,
    );
  });

  it.each<[string, (bits: BitWriter) => void]>([
    ["NaN", (bits) => [bits.bits(0b10, 2), bits.float64(Number.NaN), bits.bits(0, 2)]],
    ["a change to the same number", (bits) => [bits.bits(1, 1), bits.bits(1, 8), bits.bits(0, 3)]],
    ["a change to the same float64", (bits) => [bits.bits(0b10, 2), bits.float64(0.5), bits.bits(0, 2)]],
    ["a change to the same flag", (bits) => bits.bits(0b1100, 5)],
    ["too few bits", (bits) => bits.bits(0b0001, 4)],
    ["padding that is not zero", (bits) => bits.bits(0b1_0000, 5)],
  ])("refuses %s", (_, write) => {
    const out = new ByteWriter();
    const bits = new BitWriter(out);
    write(bits);
    bits.flush();
    const reader = new BitReader(new ByteReader(out.view()));
    codec.readDelta(input(), codec.create(), reader);
    reader.align();
    expect(reader.failed).toBe(true);
  });
});

const evil = () => {
  throw new Error("must not run");
};
const trap = new Proxy({}, { getPrototypeOf: evil, ownKeys: evil, getOwnPropertyDescriptor: evil, get: evil });

describe("parse", () => {
  it("accepts exactly the declared fields, in any order, from an object of any kind of plain", () => {
    expect(codec.parse(input())).toEqual({ ok: true, value: input() });
    const { slot, ...rest } = input();
    expect(codec.parse(JSON.parse(JSON.stringify({ slot, ...rest })))).toEqual({ ok: true, value: input() });
    expect(codec.parse(Object.assign(Object.create(null), input()))).toEqual({ ok: true, value: input() });
  });

  it("hands out an object of its own with -0 mended", () => {
    const sent = { ...input(), dx: -0, aim: -0 };
    const parsed = codec.parse(sent);
    expect(parsed).toEqual({ ok: true, value: { ...input(), dx: 0, aim: -0 } });
    expect(parsed.ok && parsed.value).not.toBe(sent);
  });

  it.each<[string, Loose, RegExp]>([
    ["nothing", undefined, /^undefined is not an input object$/],
    ["null", null, /^null is not/],
    ["text", "x".repeat(10_000), /^"xxxxxxxxxxxxxxxxxxxx\.\.\." is not/],
    ["a number", 5, /^5 is not/],
    ["a BigInt", 5n, /^a BigInt is not/],
    ["a function", () => input(), /^a function is not/],
    ["an array", [1, 0.5, true, 9], /not a plain object/],
    ["a map", new Map(Object.entries(input())), /not a plain object/],
    ["bytes", new Uint8Array(8), /not a plain object/],
    ["a class instance", Object.assign(new (class A {})(), input()), /not a plain object/],
    ["fields of a prototype", Object.create(input()), /not a plain object/],
    ["an empty object", {}, /^dx: is missing$/],
    ["a missing field", { dx: 0, aim: 0, isFiring: false }, /^slot: is missing$/],
    ["an undefined field", { ...input(), slot: undefined }, /^slot: is missing$/],
    ["an extra field", { ...input(), jump: 1 }, /^"jump": is not a field of this input$/],
    ["a long extra field", { ...input(), ["k".repeat(5000)]: 1 }, /^"k{20}\.\.\.": is not a field/],
    ["__proto__ as a field", JSON.parse('{"dx":0,"aim":0,"isFiring":false,"slot":0,"__proto__":{}}'), /^"__proto__": /],
    ["a symbol field", { ...input(), [Symbol("s")]: 1 }, /^a symbol: is not a field/],
    ["a hidden field", Object.defineProperty(input(), "h", { value: 1 }), /^"h": is not a field/],
    ["a fraction", { ...input(), dx: 0.5 }, /^dx: 0\.5 is not a whole number/],
    [
      "too large a number",
      { ...input(), dx: 200 },
      /^dx: 200 does not fit t\.int8\(\) \(-128 to 127\); keep it in range or declare a wider type$/,
    ],
    ["NaN", { ...input(), aim: Number.NaN }, /^aim: NaN is not a value/],
    ["a numeric text", { ...input(), dx: "1" }, /^dx: "1" is not a number$/],
    ["a BigInt field", { ...input(), dx: 1n }, /^dx: a BigInt is not a number$/],
    ["a boxed number", { ...input(), dx: Object(1) }, /^dx: an object is not a number$/],
    ["a valueOf that throws", { ...input(), dx: { valueOf: evil, toString: evil } }, /^dx: an object is not a number$/],
    ["1 for true", { ...input(), isFiring: 1 }, /^isFiring: 1 is not true or false$/],
    ["null for a number", { ...input(), aim: null }, /^aim: null is not a number$/],
    ["a getter", Object.defineProperty(input(), "dx", { get: evil }), /^dx: is a getter$/],
    ["a proxy that throws", trap, /cannot be read/],
    ["a proxy of fields", new Proxy(input(), { ownKeys: evil }), /cannot be read/],
    [
      "a revoked proxy",
      (() => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
      /cannot be read/,
    ],
  ])("refuses %s", (_, untrusted, error) => {
    const parsed = codec.parse(untrusted);
    expect(parsed).toEqual({ ok: false, error: expect.stringMatching(error) });
  });

  it("never throws, keeps its errors to 100 bytes, and accepts only what settles", () => {
    const withAnything = codecWith(1).chain(({ codec, values: [value] }) => {
      const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withMap: true, withDate: true });
      const field = fc.constantFrom(...codec.fields.map(({ name }) => name), "extra", "血".repeat(50), "\n\u0000");
      return fc
        .oneof(
          anything,
          fc.tuple(field, anything).map(([name, part]) => ({ ...value, [name]: part })),
          fc.constant(value),
        )
        .map((untrusted) => ({ codec, untrusted }));
    });
    holds(
      fc.property(withAnything, ({ codec, untrusted }) => {
        const parsed = codec.parse(untrusted);
        if (parsed.ok) codec.settle(parsed.value);
        else expect(parsed.error).toMatch(/^[ -~]{1,100}$/);
      }),
      1000,
    );
  });

  it("gives up on a huge object without reading its values", () => {
    const huge: AnyRecord = input();
    for (let i = 0; i < 100_000; i++) Object.defineProperty(huge, `k${i}`, { get: evil, enumerable: true });
    expect(codec.parse(huge)).toEqual({ ok: false, error: '"k0": is not a field of this input' });
  });
});

it("a game without an input has an empty one, and its bot is told what to do instead of returning one", () => {
  const none = inputCodecOf<object>(undefined);
  none.settle(none.create());
  for (const wrong of [{ dx: 1 }, "play", true])
    expect(() => none.settle(wrong as never)).toThrow(
      "input: the game has none, so its bot returns nothing; it gives commands with context.give",
    );
});
