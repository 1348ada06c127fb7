/** The size of a command in bytes: the least and the most that its declaration allows, and what one has. */
import { BitWriter } from "../bytes/bits.ts";
import { ByteWriter } from "../bytes/bytes.ts";
import { INT_WIRES } from "../bytes/int-wire.ts";
import type { FieldType } from "../layout/layout.ts";
import { countBits, LONGEST_ITEM_BITS, TEXT_UNIT_BITS, writeValue } from "./command-bits.ts";

/** The longest command, in bytes of its kind and fields. */
export const LONGEST_COMMAND = 2048;

const KIND_BYTES = 1;

/** Bits of a value: "least" with every text and array empty, "most" with all of them as long as they may be. */
function bitsOf(type: FieldType, end: "least" | "most"): number {
  switch (type.kind) {
    case "int":
      return INT_WIRES[type.wire].bits;
    case "float64":
      return 64;
    case "boolean":
      return 1;
    case "string":
      return countBits(type.most!) + (end === "least" ? 0 : type.most! * TEXT_UNIT_BITS);
    case "record":
      return type.record.fields.reduce((sum, field) => sum + bitsOf(field.type, end), 0);
    case "array": {
      const item = type.of.kind === "int" ? LONGEST_ITEM_BITS : bitsOf(type.of, end);
      return countBits(type.most!) + (end === "least" ? 0 : type.most! * item);
    }
    case "map":
      throw new Error("a command has no maps");
  }
}

const inBytes = (bits: number): number => KIND_BYTES + Math.ceil(bits / 8);

/** Bytes of the shortest command of these fields. */
export const leastBytes = (type: FieldType): number => inBytes(bitsOf(type, "least"));

/** Bytes that no command of these fields exceeds. */
export const mostBytes = (type: FieldType): number => inBytes(bitsOf(type, "most"));

const scratch = new ByteWriter();

/** Bytes of this command, which must fit its declaration. */
export function bytesOf(type: FieldType, value: unknown): number {
  const bits = new BitWriter(scratch.reset());
  writeValue(type, value, bits);
  bits.flush();
  return KIND_BYTES + scratch.length;
}
