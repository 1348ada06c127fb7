/** The bits of a command: counts and numbers in as few as their declarations and their neighbours allow (PROTOCOL.md). */
import type { BitReader, BitWriter } from "../bytes/bits.ts";
import { INT_WIRES, type IntWire } from "../bytes/int-wire.ts";
import { isWhole } from "../bytes/text.ts";
import type { FieldType, RecordLayout } from "../layout/layout.ts";

export const TEXT_UNIT_BITS = 16;
const GROUP_BITS = 3;
const GROUP = 1 << GROUP_BITS;
/** A difference of two 32-bit numbers, folded, has 33 bits. */
const MOST_GROUPS = 11;
/** Bits that no whole number in an array exceeds. */
export const LONGEST_ITEM_BITS = MOST_GROUPS * (1 + GROUP_BITS);

/** How many bits hold a count from 0 to this one. */
export const countBits = (most: number): number => 32 - Math.clz32(most);

export function writeValue(type: FieldType, value: unknown, out: BitWriter): void {
  switch (type.kind) {
    case "int":
      out.bits(value as number, INT_WIRES[type.wire].bits);
      break;
    case "float64":
      out.float64(value as number);
      break;
    case "boolean":
      out.bits(value === true ? 1 : 0, 1);
      break;
    case "string": {
      const text = value as string;
      out.bits(text.length, countBits(type.most!));
      for (let i = 0; i < text.length; i++) out.bits(text.charCodeAt(i), TEXT_UNIT_BITS);
      break;
    }
    case "record":
      for (const field of type.record.fields)
        writeValue(field.type, (value as Record<string, unknown>)[field.name], out);
      break;
    case "array": {
      const items = value as readonly unknown[];
      out.bits(items.length, countBits(type.most!));
      if (type.of.kind === "int") writeNumbers(items as readonly number[], out);
      else for (const item of items) writeValue(type.of, item, out);
      break;
    }
    case "map":
      throw new Error("a command has no maps");
  }
}

/** Reverse of `writeValue`. When `input` has failed, the result means nothing (R13). */
export function readValue(type: FieldType, input: BitReader): unknown {
  switch (type.kind) {
    case "int": {
      const { bits, min } = INT_WIRES[type.wire];
      const value = input.bits(bits);
      return min < 0 ? (value << (32 - bits)) >> (32 - bits) : value;
    }
    case "float64": {
      const value = input.float64();
      if (Number.isNaN(value)) input.fail();
      return value;
    }
    case "boolean":
      return input.bits(1) === 1;
    case "string":
      return readText(type.most!, input);
    case "record":
      return readRecord(type.record, input);
    case "array": {
      const count = readCount(type.most!, input);
      if (type.of.kind === "int") return readNumbers(type.of.wire, count, input);
      const items: unknown[] = [];
      while (items.length < count && !input.failed) items.push(readValue(type.of, input));
      return items;
    }
    case "map":
      throw new Error("a command has no maps");
  }
}

function readRecord(layout: RecordLayout, input: BitReader): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const { name, type } of layout.fields) record[name] = input.failed ? undefined : readValue(type, input);
  return record;
}

function readCount(most: number, input: BitReader): number {
  const count = input.bits(countBits(most));
  if (count > most) input.fail();
  return input.failed ? 0 : count;
}

function readText(most: number, input: BitReader): string {
  const count = readCount(most, input);
  let text = "";
  while (text.length < count && !input.failed) text += String.fromCharCode(input.bits(TEXT_UNIT_BITS));
  if (!isWhole(text)) input.fail();
  return text;
}

/** Each as the difference to the one before, so that a sorted list of ids costs about a byte an id. */
function writeNumbers(items: readonly number[], out: BitWriter): void {
  let last = 0;
  for (const item of items) {
    const difference = item - last;
    writeGroups(difference < 0 ? -2 * difference - 1 : 2 * difference, out);
    last = item;
  }
}

function readNumbers(wire: IntWire, count: number, input: BitReader): number[] {
  const { min, max } = INT_WIRES[wire];
  const items: number[] = [];
  for (let last = 0; items.length < count && !input.failed; ) {
    const folded = readGroups(input);
    last += folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
    if (last < min || last > max) input.fail();
    items.push(last);
  }
  return items;
}

/** A whole number from 0 on in groups of three bits, the lowest first, each preceded by a bit that says whether one follows. */
function writeGroups(value: number, out: BitWriter): void {
  let rest = value;
  for (; rest >= GROUP; rest = Math.floor(rest / GROUP)) out.bits(1 + 2 * (rest % GROUP), 1 + GROUP_BITS);
  out.bits(2 * rest, 1 + GROUP_BITS);
}

/** The shortest form only: the last group is not zero unless it is the only one. */
function readGroups(input: BitReader): number {
  let value = 0;
  for (let i = 0, scale = 1; i < MOST_GROUPS; i++, scale *= GROUP) {
    const bits = input.bits(1 + GROUP_BITS);
    const group = bits >>> 1;
    value += group * scale;
    if (bits % 2 === 1) continue;
    if (group === 0 && i > 0) input.fail();
    return value;
  }
  input.fail();
  return 0;
}
