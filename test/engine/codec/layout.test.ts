/** The declarations that a schema may have, and those that are refused with a path and with what to write instead. */
import { Metadata, Schema, schema, t } from "@colyseus/schema";
import { describe, expect, it } from "vitest";
import { codecOf } from "../../../shared/engine/codec/codec.ts";
import { inputCodecOf } from "../../../shared/engine/codec/input-codec.ts";
import { LayoutError, readLayout } from "../../../shared/engine/layout/layout.ts";
import type { SchemaClass } from "../../../shared/engine/layout/plain.ts";

const Item = schema({ hp: t.int16() }, "Item");
const itemLayout = { name: "Item", schema: Item, fields: [{ name: "hp", type: { kind: "int", wire: "int16" } }] };

describe("readLayout", () => {
  it("reads every kind of field, in declaration order", () => {
    const All = schema(
      {
        a: t.int8(),
        b: t.uint8(),
        c: t.int16(),
        d: t.uint16(),
        e: t.int32(),
        f: t.uint32(),
        g: t.float64(),
        h: t.boolean(),
        i: t.string(),
        j: Item,
        k: t.ref(Item),
        l: t.array("int8"),
        m: t.array(Item),
        n: t.map("string"),
        o: t.map(Item),
      },
      "All",
    );
    const record = { kind: "record", record: itemLayout };
    expect(readLayout(All, "all")).toEqual({
      name: "All",
      schema: All,
      fields: [
        { name: "a", type: { kind: "int", wire: "int8" } },
        { name: "b", type: { kind: "int", wire: "uint8" } },
        { name: "c", type: { kind: "int", wire: "int16" } },
        { name: "d", type: { kind: "int", wire: "uint16" } },
        { name: "e", type: { kind: "int", wire: "int32" } },
        { name: "f", type: { kind: "int", wire: "uint32" } },
        { name: "g", type: { kind: "float64" } },
        { name: "h", type: { kind: "boolean" } },
        { name: "i", type: { kind: "string" } },
        { name: "j", type: record },
        { name: "k", type: record },
        { name: "l", type: { kind: "array", of: { kind: "int", wire: "int8" } } },
        { name: "m", type: { kind: "array", of: record } },
        { name: "n", type: { kind: "map", of: { kind: "string" } } },
        { name: "o", type: { kind: "map", of: record } },
      ],
    });
  });

  it("reads inherited fields first", () => {
    const Sword = Item.extend({ edge: t.uint8() }, "Sword").extend({ isMagic: t.boolean() }, "MagicSword");
    const layout = readLayout(Sword, "sword");
    expect(layout.name).toBe("MagicSword");
    expect(layout.fields.map((field) => field.name)).toEqual(["hp", "edge", "isMagic"]);
    expect(codecOf(Sword).create()).toEqual({ hp: 0, edge: 0, isMagic: false });
  });

  it("accepts defaults that are neutral anyway", () => {
    const Neutral = schema(
      { a: t.int8().default(0), b: t.boolean().default(false), c: t.string().default(""), d: t.float64().default(-0) },
      "Neutral",
    );
    expect(readLayout(Neutral, "n").fields.length).toBe(4);
  });

  it("shares the layout of a class that is used twice", () => {
    const Two = schema({ a: Item, b: t.array(Item) }, "Two");
    const [a, b] = readLayout(Two, "two").fields.map((field) => field.type);
    if (a?.kind !== "record" || b?.kind !== "array" || b.of.kind !== "record") throw new Error("not what was declared");
    expect(b.of.record).toBe(a.record);
  });
});

class Node extends Schema {}
Metadata.setFields(Node, { value: "int8", children: [Node] } as never);

/** The declaration, the path that is blamed, and what the advice must contain. */
const REFUSED: readonly [string, () => unknown, string, RegExp][] = [
  [
    "t.number()",
    () => schema({ x: t.number() }, "A"),
    "tag.x",
    /t\.number\(\) is lossy.*0\.10000000149.*t\.int32\(\) or t\.float64\(\)/,
  ],
  ["t.float32()", () => schema({ x: t.float32() }, "A"), "tag.x", /t\.float32\(\) is lossy.*t\.float64\(\)/],
  ["t.int64()", () => schema({ x: t.int64() }, "A"), "tag.x", /2\^53; use t\.int32\(\)/],
  ["t.uint64()", () => schema({ x: t.uint64() }, "A"), "tag.x", /2\^53; use t\.uint32\(\)/],
  ["t.bigint64()", () => schema({ x: t.bigint64() }, "A"), "tag.x", /BigInt.*use t\.int32\(\)/],
  ["t.biguint64()", () => schema({ x: t.biguint64() }, "A"), "tag.x", /BigInt.*use t\.uint32\(\)/],
  [
    "t.quantized()",
    () => schema({ x: t.quantized({ min: 0, max: 1 }) }, "A"),
    "tag.x",
    /quantized.*use t\.float64\(\)/,
  ],
  ["t.angle()", () => schema({ x: t.angle() }, "A"), "tag.x", /quantized.*use t\.float64\(\)/],
  ["t.set()", () => schema({ x: t.set("int8") }, "A"), "tag.x", /t\.set\(\).*use t\.map\(\)/],
  ["t.collection()", () => schema({ x: t.collection(Item) }, "A"), "tag.x", /t\.collection\(\).*use t\.map\(\)/],
  ["t.stream()", () => schema({ x: t.stream(Item) }, "A"), "tag.x", /t\.stream\(\).*use t\.map\(\)/],
  [".stream()", () => schema({ x: t.map(Item).stream() }, "A"), "tag.x", /\.stream\(\).*leave \.stream\(\) out/],
  [
    't.array("number")',
    () => schema({ x: t.array("number") }, "A"),
    "tag.x[]",
    /"number" is lossy.*use "int32" or "float64"/,
  ],
  ['t.map("float32")', () => schema({ x: t.map("float32") }, "A"), "tag.x[]", /"float32" is lossy.*"float64"/],
  [
    "an array of arrays",
    () => schema({ x: t.array({ array: "int8" } as never) }, "A"),
    "tag.x[]",
    /put a schema in between/,
  ],
  ["a map of maps", () => schema({ x: t.map({ map: "int8" } as never) }, "A"), "tag.x[]", /put a schema in between/],
  [".view()", () => schema({ x: t.int8().view() }, "A"), "tag.x", /leave \.view\(\) out/],
  [".view(4)", () => schema({ x: t.int8().view(4) }, "A"), "tag.x", /leave \.view\(\) out/],
  [".unreliable()", () => schema({ x: t.int8().unreliable() }, "A"), "tag.x", /leave \.unreliable\(\) out/],
  [".patchOnly()", () => schema({ x: t.int8().patchOnly() }, "A"), "tag.x", /leave \.patchOnly\(\) out/],
  [".fullStateOnly()", () => schema({ x: t.int8().fullStateOnly() }, "A"), "tag.x", /leave \.fullStateOnly\(\) out/],
  [".deprecated()", () => schema({ x: t.int8().deprecated() }, "A"), "tag.x", /remove the field/],
  [".optional()", () => schema({ x: t.int8().optional() }, "A"), "tag.x", /neutral value/],
  [
    ".noSync() with a default",
    () => schema({ y: t.int8(), x: t.int8().noSync().default(1) }, "A"),
    "tag.x",
    /leave \.noSync\(\) out/,
  ],
  [
    ".noSync() on a container",
    () => schema({ y: t.int8(), x: t.map(Item).noSync() }, "A"),
    "tag.x",
    /leave \.noSync\(\) out/,
  ],
  ["a default number", () => schema({ x: t.int8().default(5) }, "A"), "tag.x", /\.default\(\).*setup or join/],
  ["a default made by a function", () => schema({ x: t.int8().default(() => 5) }, "A"), "tag.x", /\.default\(\)/],
  ["a default text", () => schema({ x: t.string().default("hi") }, "A"), "tag.x", /\.default\(\)/],
  ["a default flag", () => schema({ x: t.boolean().default(true) }, "A"), "tag.x", /\.default\(\)/],
  [
    "a default record",
    () => schema({ x: t.ref(Item).default(() => new Item({ hp: 3 })) }, "A"),
    "tag.x",
    /\.default\(\)/,
  ],
  ["a method", () => schema({ y: t.int8(), hit() {} }, "A"), "tag.hit", /write a function that takes the record/],
  ["initialize()", () => schema({ y: t.int8(), initialize() {} }, "A"), "tag.initialize", /no methods/],
  [
    "an inherited method",
    () => schema({ y: t.int8(), hit() {} }, "A").extend({ z: t.int8() }, "B"),
    "tag.hit",
    /no methods/,
  ],
  ["an inherited lossy field", () => schema({ x: t.number() }, "A").extend({ z: t.int8() }, "B"), "tag.x", /is lossy/],
  ["no fields", () => schema({}, "Empty"), "tag", /Empty has no fields; declare at least one/],
  ["no fields in an element", () => schema({ x: t.array(schema({}, "Empty")) }, "A"), "tag.x[]", /has no fields/],
  ["a lossy field of a field", () => schema({ a: schema({ x: t.number() }, "B") }, "A"), "tag.a.x", /is lossy/],
  [
    "a lossy field of an element",
    () => schema({ a: t.map(schema({ x: t.number() }, "B")) }, "A"),
    "tag.a[].x",
    /is lossy/,
  ],
  ["a record within itself", () => Node, "tag.children[]", /Node contains itself; keep such records in one t\.map\(\)/],
  ["a name that Schema has", () => schema({ clone: t.int8() }, "A"), "tag.clone", /choose another/],
  ["a name that objects have", () => schema({ toString: t.int8() } as never, "A"), "tag.toString", /choose another/],
  ["a class that is no schema", () => class Plain {}, "tag", /schema\(\{ \.\.\. \}, "Name"\)/],
  ["null", () => null, "tag", /schema\(\{ \.\.\. \}, "Name"\)/],
  ["an object", () => ({ x: "int8" }), "tag", /schema\(\{ \.\.\. \}, "Name"\)/],
];

describe("a schema is refused, with its path and with what to write instead, for", () => {
  it.each(REFUSED)("%s", (_, declare, path, advice) => {
    const type = declare() as SchemaClass<unknown>;
    for (const compile of [readLayout, codecOf, inputCodecOf]) {
      let error: unknown;
      try {
        compile(type, "tag");
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(LayoutError);
      expect(error).toBeInstanceOf(TypeError);
      expect((error as LayoutError).path).toBe(path);
      expect((error as LayoutError).message.startsWith(`${path}: `)).toBe(true);
      expect((error as LayoutError).message).toMatch(advice);
    }
  });
});

describe("an input schema is also refused for", () => {
  it.each([
    ["text", t.string(), /t\.uint8\(\)/],
    ["a record", Item, /declare the fields of this record/],
    ["an array", t.array("int8"), /one field for each element/],
    ["a map", t.map("int8"), /one field for each key/],
  ])("%s", (_, field, advice) => {
    const type = schema({ ok: t.int8(), x: field }, "Input");
    expect(() => inputCodecOf(type, "tag")).toThrow(LayoutError);
    expect(() => inputCodecOf(type, "tag")).toThrow(advice);
    expect(() => inputCodecOf(type, "tag")).toThrow(/^tag\.x: /);
    expect(() => codecOf(type, "tag")).not.toThrow();
  });
});
