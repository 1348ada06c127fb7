/**
 * The refusals of the designers' `schema`, before Colyseus loses something, and that it is Colyseus's own otherwise.
 */
import { Encoder, Reflection, Schema, type schema as theirs } from "@colyseus/schema";
import { describe, expect, expectTypeOf, it } from "vitest";
import { codecOf } from "../../../shared/engine/codec/codec.ts";
import { schema, t } from "../../../shared/engine/index.ts";
import { LayoutError } from "../../../shared/engine/layout/layout.ts";

const numbered = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, t.int8()]));

describe("schema", () => {
  it("is what Colyseus's is", () => {
    expectTypeOf(schema).toEqualTypeOf<typeof theirs>();
    const Base = schema({ x: t.int8() }, "Base");
    const Derived = schema({ y: t.int8() }, "Derived", Base as never);
    expect(new Derived()).toBeInstanceOf(Schema);
    expect(codecOf(Derived as never).create()).toEqual({ x: 0, y: 0 });
    expect(Derived.name).toBe("Derived");
    expect(() => schema(null as never)).toThrow("first argument must be a fields object");
  });

  it("has at most 63 fields, and all of them arrive", () => {
    const Many = schema(numbered(63), "Many") as unknown as new () => Schema;
    const values = Object.fromEntries(Object.keys(numbered(63)).map((name, i) => [name, i - 31]));
    const encoder = new Encoder(Object.assign(new Many(), values));
    const decoder = Reflection.decode(Reflection.encode(encoder));
    decoder.decode(encoder.encodeAll());
    expect(decoder.state.toJSON()).toEqual(values);
  });

  it.each([
    ["the 64th field", numbered(64), "Refused.f63: is field 64, and a schema has 63 at most; declare some of them in"],
    ["a number", { x: t.int8(), "1": t.int8() }, "Refused.1: a number cannot be a field's name"],
    ["a number in front", { "7": t.int8() }, "Refused.7: a number cannot be a field's name"],
    ["what sets a prototype", { ["__proto__"]: t.int8() }, "Refused.__proto__: this name is taken by JavaScript"],
    ["half an emoji", { "x\ud83d": t.int8() }, "a field's name cannot have half an emoji"],
  ])("refuses %s with a path", (_what, fields, sentence) => {
    expect(() => schema(fields as never, "Refused")).toThrow(LayoutError);
    expect(() => schema(fields as never, "Refused")).toThrow(sentence);
  });
});
