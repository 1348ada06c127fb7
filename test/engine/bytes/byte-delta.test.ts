/** Deltas between runs of bytes: they always give the other run back, cost what differs, and never throw (R13). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDelta, encodeDelta } from "../../../shared/engine/bytes/byte-delta.ts";
import { ByteWriter } from "../../../shared/engine/bytes/bytes.ts";
import { WorldRandom } from "../../../shared/engine/game/random.ts";

const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const random = new WorldRandom(1);
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.int(0, 255));

/** What a world's bytes go through: values change, entries come and go. */
const edit = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant("put" as const), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 30 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), length: fc.nat(30) }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function edited(from: Uint8Array, edits: readonly Edit[]): Uint8Array {
  let bytes = [...from];
  for (const change of edits) {
    const at = bytes.length === 0 ? 0 : change.at % bytes.length;
    if (change.kind === "put") bytes = [...bytes.slice(0, at), ...change.bytes, ...bytes.slice(at)];
    else if (change.kind === "cut") bytes = [...bytes.slice(0, at), ...bytes.slice(at + change.length)];
    else if (bytes.length > 0) bytes[at] = change.value;
  }
  return Uint8Array.from(bytes);
}

/** Few letters, so that the same four bytes come again and again. */
const repetitive = fc.array(fc.nat(2), { maxLength: 300 }).map((letters) => Uint8Array.from(letters));
const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), repetitive);

/** A delta put together by hand: the size, then literal bytes, copied count and source of each operation. */
function delta(
  size: number,
  ...operations: (readonly [literal: readonly number[], copied: number, source?: number])[]
) {
  const out = new ByteWriter();
  out.uvarint(size);
  for (const [literal, copied, source] of operations) {
    out.uvarint(literal.length);
    out.raw(Uint8Array.from(literal));
    out.uvarint(copied);
    if (source !== undefined) out.uvarint(source);
  }
  return out.view().slice();
}

describe("a delta", () => {
  it("gives the other bytes back, whatever was done to them", () => {
    fc.assert(
      fc.property(anyBytes, fc.array(edit, { maxLength: 8 }), (from, edits) => {
        const to = edited(from, edits);
        expect(applyDelta(from, encodeDelta(from, to), to.length)).toEqual(to);
      }),
      { numRuns: 500 },
    );
  });

  it("gives bytes back that have nothing to do with the others", () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (from, to) => {
        expect(applyDelta(from, encodeDelta(from, to), 300)).toEqual(to);
      }),
    );
  });

  it("costs a few bytes for one changed byte, an entry put in, and one taken out, however large the world", () => {
    const from = noise(20_000);
    const put = Uint8Array.of(...from.subarray(0, 9000), ...noise(20), ...from.subarray(9000));
    const cut = Uint8Array.of(...from.subarray(0, 9000), ...from.subarray(9020));
    const set = from.slice();
    set[10_000]! ^= 1;
    expect(encodeDelta(from, from).length).toBeLessThan(12);
    for (const to of [set, cut]) expect(encodeDelta(from, to).length).toBeLessThan(24);
    expect(encodeDelta(from, put).length).toBeLessThan(24 + 20);
  });

  it("keeps to a move although what was moved looks alike everywhere and has changed in between", () => {
    const record = (i: number): number[] => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, i];
    const records = Array.from({ length: 200 }, (_, i) => record(i));
    const to = [record(255), ...records].flat();
    for (let at = 100; at < to.length; at += 30) to[at] = 77;
    const from = Uint8Array.from(records.flat());
    const moved = encodeDelta(from, Uint8Array.from(to));
    expect(applyDelta(from, moved, to.length)).toEqual(Uint8Array.from(to));
    expect(moved.length, "77 changes of one byte").toBeLessThan(450);
  });

  it("follows several moves, each found by what comes after it", () => {
    const parts = Array.from({ length: 10 }, () => noise(400));
    const to = Uint8Array.of(...parts.reverse().flatMap((part) => [...part]));
    const from = Uint8Array.of(...parts.reverse().flatMap((part) => [...part]));
    expect(encodeDelta(from, to).length).toBeLessThan(10 * 12);
    expect(applyDelta(from, encodeDelta(from, to), 4000)).toEqual(to);
  });

  it("to nothing, and from nothing, is one too", () => {
    for (const [from, to] of [
      [noise(5), bytesOf()],
      [bytesOf(), noise(5)],
      [bytesOf(), bytesOf()],
    ] as const)
      expect(applyDelta(from, encodeDelta(from, to), 5)).toEqual(to);
  });
});

describe("a hostile delta", () => {
  const from = noise(50);

  it.each([
    ["(but an honest one is read)", true, delta(6, [[1, 2], 4, 46])],
    ["one that is empty", false, bytesOf()],
    ["a size beyond what is allowed", false, delta(101, [[1], 50, 0], [[], 50, 0])],
    ["the largest size there is", false, delta(2 ** 32 - 1, [[1], 50, 0])],
    ["fewer bytes than it says", false, delta(7, [[1, 2], 4, 46])],
    ["more literal bytes than it says", false, delta(1, [[1, 2], 0])],
    ["more copied bytes than it says", false, delta(5, [[1, 2], 4, 46])],
    ["a copy from beyond the end", false, delta(6, [[1, 2], 4, 47])],
    ["a copy from the end of numbers", false, delta(6, [[1, 2], 4, 2 ** 32 - 1])],
    ["a count from the end of numbers", false, delta(6, [[1, 2], 2 ** 32 - 1, 0])],
    ["a copy without a source", false, delta(6, [[1, 2], 4])],
    ["an operation that does nothing", false, delta(2, [[], 0], [[1, 2], 0])],
    ["a byte too much", false, bytesOf(...delta(2, [[1, 2], 0]), 0)],
    ["half a number", false, bytesOf(0x80)],
    ["a number in a longer form than it needs", false, bytesOf(0x80, 0x00)],
  ])("%s", (_what, isRead, bytes) => {
    const made = applyDelta(from, bytes, 100);
    expect(made !== undefined).toBe(isRead);
    if (isRead) expect(made).toEqual(bytesOf(1, 2, ...from.subarray(46)));
  });

  it("makes exactly as many bytes as are allowed, and not one more", () => {
    const whole = encodeDelta(from, from);
    expect(applyDelta(from, whole, 50)).toEqual(from);
    expect(applyDelta(from, whole, 49)).toBeUndefined();
  });

  it("of any bytes never throws, never makes more than is allowed, and is not slow", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(200), (bytes, most) => {
        const made = applyDelta(from, bytes, most);
        if (made !== undefined) expect(made.length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 2000 },
    );
  });

  it("that is an honest one with some bits flipped never throws", () => {
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1 }),
        (edits, flips) => {
          const bytes = encodeDelta(from, edited(from, edits));
          for (const [at, bit] of flips) bytes[at % bytes.length]! ^= 1 << bit;
          const made = applyDelta(from, bytes, 300);
          if (made !== undefined) expect(made.length).toBeLessThanOrEqual(300);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
