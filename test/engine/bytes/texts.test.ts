/** Base64 and the length of texts without Node: the same as Node's own, for every length and kind of character. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBase64, toBase64 } from "../../../shared/engine/bytes/base64.ts";
import { utf8Length } from "../../../shared/engine/bytes/text.ts";

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
