/**
 * The compiler of a type's decoder: the reverse of its encoder, never throws, and accepts only what the encoder writes.
 */
import type { ByteReader } from "../bytes/bytes.ts";
import { INT_WIRES } from "../bytes/int-wire.ts";
import { isWhole } from "../bytes/text.ts";
import type { FieldType } from "../layout/layout.ts";
import { Source } from "./compile.ts";
import { oncePerType } from "./per-class.ts";
import { makeRecord } from "./record-maker.ts";
import { fixedSize, leastSize } from "./wire-size.ts";

/** Its result after `input.failed` means nothing. */
export type CompiledDecode = (input: ByteReader) => unknown;

/** The decoder of a record, array or map type. */
export const compileDecode: (type: FieldType) => CompiledDecode = oncePerType(build);

function build(type: FieldType): CompiledDecode {
  const source = new Source();
  switch (type.kind) {
    case "record":
      return buildRecord(type, source);
    case "array":
      return buildArray(type.of, source);
    case "map":
      return buildMap(type.of, source);
    default:
      throw new Error(`${type.kind} values are decoded by the record, array or map they are in`);
  }
}

/** Source of one value of fixed size at `at + offset` of `view`; statements that check it are added to `checks`. */
function get(type: FieldType, offset: number, checks: string[], source: Source): string {
  const at = offset === 0 ? "at" : `at + ${offset}`;
  switch (type.kind) {
    case "int": {
      const { accessor, bits } = INT_WIRES[type.wire];
      return `view.get${accessor}(${at}${bits > 8 ? ", true" : ""})`;
    }
    case "float64": {
      const name = `float${offset}`;
      checks.push(`const ${name} = view.getFloat64(${at}, true); if (${name} !== ${name}) input.fail();`);
      return name;
    }
    case "boolean": {
      const name = `flag${offset}`;
      checks.push(`const ${name} = view.getUint8(${at}); if (${name} > 1) input.fail();`);
      return `${name} === 1`;
    }
    case "record": {
      let inner = offset;
      const parts = type.record.fields.map((field) => {
        const part = get(field.type, inner, checks, source);
        inner += fixedSize(field.type)!;
        return part;
      });
      return makeRecord(type, parts, source);
    }
    default:
      throw new Error(`${type.kind} values have no fixed size`);
  }
}

function readText(input: ByteReader): string {
  const text = input.string();
  if (!isWhole(text)) input.fail();
  return text;
}

/** Source that reads a value of any type from `input`. */
function read(type: FieldType, source: Source): string {
  return type.kind === "string" ? `${source.link(readText)}(input)` : `${source.link(compileDecode(type))}(input)`;
}

function buildRecord(type: FieldType & { readonly kind: "record" }, source: Source): CompiledDecode {
  const { fields } = type.record;
  const statements: string[] = [];
  const members: string[] = [];
  for (let i = 0; i < fields.length; ) {
    const { type } = fields[i]!;
    if (fixedSize(type) === undefined) {
      statements.push(`const member${i} = ${read(type, source)};`);
      members.push(`member${i}`);
      i++;
      continue;
    }
    // a run of fields of fixed size asks once whether its bytes are there
    const values: string[] = [];
    const checks: string[] = [];
    let size = 0;
    for (; i < fields.length; i++) {
      const field = fields[i]!;
      const fixed = fixedSize(field.type);
      if (fixed === undefined) break;
      values.push(`member${i} = ${get(field.type, size, checks, source)};`);
      statements.push(`let member${i};`);
      members.push(`member${i}`);
      size += fixed;
    }
    statements.push(`{
      if (!input.canHold(1, ${size})) return undefined;
      const view = input.data;
      const at = input.offset;
      ${checks.join(" ")}
      ${values.join(" ")}
      input.offset = at + ${size};
    }`);
  }
  return source.compile(`function decode(input) {
    ${statements.join("\n")}
    return ${makeRecord(type, members, source)};
  }`);
}

function buildArray(of: FieldType, source: Source): CompiledDecode {
  const size = fixedSize(of);
  if (size === undefined)
    return source.compile(`function decode(input) {
      const count = input.uvarint();
      const items = [];
      if (!input.canHold(count, ${leastSize(of)})) return items;
      for (let i = 0; i < count && !input.failed; i++) items.push(${read(of, source)});
      return items;
    }`);
  const checks: string[] = [];
  const item = get(of, 0, checks, source);
  return source.compile(`function decode(input) {
    const count = input.uvarint();
    const items = [];
    if (!input.canHold(count, ${size})) return items;
    const view = input.data;
    let at = input.offset;
    for (let i = 0; i < count; i++) {
      ${checks.join(" ")}
      items.push(${item});
      at += ${size};
    }
    input.offset = at;
    return items;
  }`);
}

/** A key told twice makes the map smaller than its told count. */
function buildMap(of: FieldType, source: Source): CompiledDecode {
  const size = fixedSize(of);
  const entry =
    size === undefined
      ? `const key = input.int32(); items.set(key, ${read(of, source)});`
      : `const key = view.getInt32(at, true); at += 4; ${entryOf(of, source)} at += ${size};`;
  return source.compile(`function decode(input) {
    const count = input.uvarint();
    const items = new Map();
    if (!input.canHold(count, ${4 + leastSize(of)})) return items;
    const view = input.data;
    let at = input.offset;
    for (let i = 0; i < count && !input.failed; i++) { ${entry} }
    ${size === undefined ? "" : "input.offset = at;"}
    if (items.size !== count) input.fail();
    return items;
  }`);
}

function entryOf(of: FieldType, source: Source): string {
  const checks: string[] = [];
  const item = get(of, 0, checks, source);
  return `${checks.join(" ")} items.set(key, ${item});`;
}
