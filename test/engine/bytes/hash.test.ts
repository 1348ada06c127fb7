/** xxHash32 gives the published values, whatever buffer the bytes are a part of. */
import { describe, expect, it } from "vitest";
import { hashBytes } from "../../../shared/engine/bytes/hash.ts";

const ascii = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

describe("hashBytes", () => {
  it.each([
    ["", 0, 0x02cc5d05],
    ["a", 0, 0x550d7456],
    ["abc", 0, 0x32d153ff],
    ["", 0x9e3779b1, 0x36b78ae7],
    ["Nobody inspects the spammish repetition", 0, 0xe2293b2f],
  ])("gives the published value for %j with seed %i", (text, seed, expected) => {
    expect(hashBytes(ascii(text), seed)).toBe(expected);
  });

  it("gives the published values of the reference implementation's sanity buffer", () => {
    // xxhash 0.8 tests/sanity_test: byte i is the top byte of a generator that starts at PRIME32_1
    const PRIME_64 = 11400714785074694797n;
    const buffer = new Uint8Array(222);
    for (let i = 0, generator = 2654435761n; i < buffer.length; i++) {
      buffer[i] = Number(generator >> 56n);
      generator = (generator * PRIME_64) & 0xffffffffffffffffn;
    }
    expect(hashBytes(buffer.subarray(0, 1), 0)).toBe(0xcf65b03e);
    expect(hashBytes(buffer.subarray(0, 1), 2654435761)).toBe(0xb4545aa4);
    expect(hashBytes(buffer.subarray(0, 14), 0)).toBe(0x1208e7e2);
    expect(hashBytes(buffer.subarray(0, 14), 2654435761)).toBe(0x6af1d1fe);
    expect(hashBytes(buffer.subarray(0, 222), 0)).toBe(0x5bd11dbd);
    expect(hashBytes(buffer.subarray(0, 222), 2654435761)).toBe(0x58803c5f);
  });

  it("reads a view at an odd offset like a buffer of its own", () => {
    const bytes = Uint8Array.from({ length: 75 }, (_, i) => i * 37);
    for (let offset = 1; offset < 9; offset++) {
      const holder = new Uint8Array(100).fill(0xee);
      holder.set(bytes, offset);
      expect(hashBytes(holder.subarray(offset, offset + 75))).toBe(hashBytes(bytes));
    }
  });

  it("changes with any single bit", () => {
    const bytes = new Uint8Array(40);
    const seen = new Set([hashBytes(bytes)]);
    for (let bit = 0; bit < 320; bit++) {
      const changed = bytes.slice();
      changed[bit >> 3] = 1 << (bit & 7);
      seen.add(hashBytes(changed));
    }
    expect(seen.size).toBe(321);
  });
});
