/** Base64 and the length of texts without Node: the same as Node's own, for every length and kind of character. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBase64, toBase64 } from "../../../shared/engine/bytes/base64.ts";
import { beginningOf, isWhole, utf8Length } from "../../../shared/engine/bytes/text.ts";

it("base64 is Node's, both ways", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = toBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString("base64"));
      expect(fromBase64(text)).toEqual(bytes);
    }),
  );
});

it("what is no base64 is bytes all the same, and never throws (R13)", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(fromBase64(text)).toBeInstanceOf(Uint8Array);
    }),
  );
});

it("the length in UTF-8 is Node's, half characters included", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "\ud800", "\udc00"), (text, half) => {
      expect(utf8Length(text + half)).toBe(Buffer.byteLength(text + half));
    }),
  );
});

it("the beginning of a text is as long as it may be, and cuts no emoji in two", () => {
  expect(["ab", "abc", "a😀b", "ab😀"].map((text) => beginningOf(text, 2))).toEqual(["ab", "ab", "a", "ab"]);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, most) => {
      const beginning = beginningOf(text, most);
      expect(isWhole(beginning)).toBe(true);
      expect(text.startsWith(beginning)).toBe(true);
      expect(beginning.length).toBeLessThanOrEqual(most);
      expect(beginning.length).toBeGreaterThanOrEqual(Math.min(text.length, most - 1));
    }),
  );
});
