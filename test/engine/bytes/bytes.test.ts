/** The byte writer and reader: what goes in comes out, one value has one form, and nothing read throws (R13). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteReader, ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { holds } from "../../kit/holds.ts";

const write = (put: (out: ByteWriter) => void): Uint8Array => {
  const out = new ByteWriter();
  put(out);
  return out.view().slice();
};
const bytes = (...values: number[]) => new ByteReader(Uint8Array.from(values));

const READS = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float64", "uvarint", "string"] as const;

describe("ByteWriter and ByteReader", () => {
  it.each([
    ["uint8", [0, 1, 0x80, 0xff]],
    ["int8", [0, -1, -0x80, 0x7f]],
    ["uint16", [0, 0xffff]],
    ["int16", [0, -1, -0x8000, 0x7fff]],
    ["uint32", [0, 0x80000000, 0xffffffff]],
    ["int32", [0, -1, -0x80000000, 0x7fffffff]],
    ["float64", [0, -0, 0.1, Infinity, -Infinity, 5e-324, Number.MAX_VALUE]],
    ["uvarint", [0, 1, 0x7f, 0x80, 0x3fff, 0x4000, 0x1fffff, 0x200000, 0xfffffff, 0x10000000, 0xffffffff]],
  ] as const)("%s comes back at its limits", (kind, values) => {
    const input = new ByteReader(
      write((out) => {
        for (const value of values) out[kind](value);
      }),
    );
    for (const value of values) expect(input[kind]()).toBe(value);
    expect(input.remaining).toBe(0);
    expect(input.failed).toBe(false);
  });

  it("writes numbers little-endian", () => {
    expect([...write((out) => out.uint32(0x01020304))]).toEqual([4, 3, 2, 1]);
    expect([...write((out) => out.uint16(0x0102))]).toEqual([2, 1]);
    expect([...write((out) => out.float64(1))]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  });

  it("writes a uvarint in the fewest bytes", () => {
    for (const [value, length] of [
      [0, 1],
      [0x7f, 1],
      [0x80, 2],
      [0x3fff, 2],
      [0x4000, 3],
      [0xfffffff, 4],
      [0x10000000, 5],
      [0xffffffff, 5],
    ] as const)
      expect(write((out) => out.uvarint(value)).length).toBe(length);
  });

  it.each([
    ["two bytes for 0", [0x80, 0x00]],
    ["two bytes for 1", [0x81, 0x00]],
    ["five bytes for 127", [0xff, 0x80, 0x80, 0x80, 0x00]],
    ["more than 32 bits", [0xff, 0xff, 0xff, 0xff, 0x1f]],
    ["a sixth byte", [0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
    ["no last byte", [0x80]],
    ["nothing", []],
  ])("refuses a uvarint with %s", (_, values) => {
    const input = bytes(...values);
    expect(input.uvarint()).toBe(0);
    expect(input.failed).toBe(true);
  });

  it("a uvarint that is read is the one that is written", () => {
    holds(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 6 }), (raw) => {
        const input = new ByteReader(raw);
        const value = input.uvarint();
        if (!input.failed) expect(write((out) => out.uvarint(value))).toEqual(raw.slice(0, input.offset));
      }),
    );
  });

  it("carries any string, lone surrogates included", () => {
    holds(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        const input = new ByteReader(write((out) => out.string(text)));
        expect(input.string()).toBe(text);
        expect(input.remaining).toBe(0);
      }),
    );
  });

  it.each([4095, 4096, 4097, 30_000])("carries a string of %i characters", (length) => {
    const text = Array.from({ length }, (_, i) => String.fromCharCode((i * 7919) % 0x10000)).join("");
    const input = new ByteReader(write((out) => out.string(text)));
    expect(input.string() === text).toBe(true);
    expect([input.failed, input.remaining]).toEqual([false, 0]);
  });

  it("does not believe a told string length (R13)", () => {
    const input = bytes(0xff, 0xff, 0xff, 0xff, 0x0f, 65, 0);
    expect(input.string()).toBe("");
    expect(input.failed).toBe(true);
  });

  it.each(READS)("%s past the end fails for good and gives nothing", (kind) => {
    const input = bytes();
    expect(input[kind]()).toBe(kind === "string" ? "" : 0);
    expect(input.failed).toBe(true);
    expect(input.remaining).toBe(0);
    expect(input.raw(0).length).toBe(0);
  });

  it("stays failed although bytes are left", () => {
    const input = bytes(1, 2, 3);
    input.uint32();
    expect(input.uint8()).toBe(0);
    expect(input.canHold(0, 1)).toBe(false);
  });

  it("never throws, whatever is read from whatever bytes (R13)", () => {
    holds(
      fc.property(fc.uint8Array(), fc.array(fc.constantFrom(...READS)), (raw, reads) => {
        const input = new ByteReader(raw);
        for (const kind of reads) input[kind]();
        expect(input.offset).toBeLessThanOrEqual(raw.length);
      }),
    );
  });

  it("grows, keeps what was written, and starts over in the same buffer", () => {
    const out = new ByteWriter();
    const long = Uint8Array.from({ length: 1000 }, (_, i) => i);
    out.uint8(7);
    out.raw(long);
    expect(out.view()).toEqual(Uint8Array.from([7, ...long]));
    const { buffer } = out.view();
    out.reset().uint8(9);
    expect([...out.view()]).toEqual([9]);
    expect(out.view().buffer).toBe(buffer);
  });

  it("lets a writer that reserved put bytes into the buffer itself", () => {
    const out = new ByteWriter();
    out.reserve(5000);
    out.data.setUint16(out.length, 0x0201, true);
    out.length += 2;
    expect([...out.view()]).toEqual([1, 2]);
  });

  it("reads a view at an offset of a larger buffer", () => {
    const input = new ByteReader(Uint8Array.from([9, 9, 1, 0, 9]).subarray(2, 4));
    expect(input.uint16()).toBe(1);
    expect(input.data.byteLength).toBe(2);
    expect(input.uint8()).toBe(0);
    expect(input.failed).toBe(true);
  });
});
