/** Bits over bytes: any widths in a row come back, and the padding is part of the encoding. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BitReader, BitWriter } from "../../../shared/engine/bytes/bits.ts";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { holds } from "../../kit/holds.ts";

const field = fc
  .integer({ min: 1, max: 32 })
  .chain((count) => fc.tuple(fc.integer({ min: 0, max: 2 ** count - 1 }), fc.constant(count)));

describe("BitWriter and BitReader", () => {
  it("bring back any values at any widths", () => {
    holds(
      fc.property(fc.array(field), (fields) => {
        const out = new ByteWriter();
        const bits = new BitWriter(out);
        for (const [value, count] of fields) bits.bits(value, count);
        bits.flush();
        const total = fields.reduce((sum, [, count]) => sum + count, 0);
        expect(out.length).toBe(Math.ceil(total / 8));
        const input = new BitReader(new ByteReader(out.view()));
        for (const [value, count] of fields) expect(input.bits(count)).toBe(value);
        input.align();
        expect(input.failed).toBe(false);
      }),
    );
  });

  it("put the lowest bit first", () => {
    const out = new ByteWriter();
    const bits = new BitWriter(out);
    bits.bits(1, 1);
    bits.bits(0b101, 3);
    bits.bits(0xff, 8);
    bits.flush();
    expect([...out.view()]).toEqual([0b1111_1011, 0b0000_1111]);
  });

  it("take the low bits of a negative number", () => {
    const out = new ByteWriter();
    const bits = new BitWriter(out);
    bits.bits(-2, 8);
    expect([...out.view()]).toEqual([0xfe]);
  });

  it("carry a float64 at any bit offset, with the sign of zero", () => {
    holds(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ noNaN: true }), (shift, value) => {
        const out = new ByteWriter();
        const bits = new BitWriter(out);
        bits.bits(0, shift);
        bits.float64(value);
        bits.flush();
        const input = new BitReader(new ByteReader(out.view()));
        input.bits(shift);
        expect(input.float64()).toBe(value);
      }),
    );
  });

  it("start on a byte after a flush, on both sides, so that bytes can follow", () => {
    const out = new ByteWriter();
    const bits = new BitWriter(out);
    bits.bits(1, 3);
    bits.flush();
    bits.flush();
    out.uint8(200);
    bits.bits(1, 1);
    bits.flush();
    const bytes = new ByteReader(out.view());
    const input = new BitReader(bytes);
    expect(input.bits(3)).toBe(1);
    input.align();
    input.align();
    expect(bytes.uint8()).toBe(200);
    expect(input.bits(1)).toBe(1);
    expect(out.length).toBe(3);
  });

  it("refuse padding that is not zero", () => {
    const input = new BitReader(new ByteReader(Uint8Array.from([0b1000_0001])));
    input.bits(1);
    input.align();
    expect(input.failed).toBe(true);
  });

  it("fail for good past the end and give zeros (R13)", () => {
    const input = new BitReader(new ByteReader(Uint8Array.from([0xff])));
    expect(input.bits(9)).toBe(0);
    expect(input.failed).toBe(true);
    expect(input.bits(1)).toBe(0);
  });
});
