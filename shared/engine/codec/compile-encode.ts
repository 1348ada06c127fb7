/** The compiler of a type's encoder: one value, one byte string (the format is in PROTOCOL.md, values). */
import type { ByteWriter } from "../bytes/bytes.ts";
import { INT_WIRES } from "../bytes/int-wire.ts";
import type { FieldType } from "../layout/layout.ts";
import { member, Source } from "./compile.ts";
import { oncePerType } from "./per-class.ts";
import { fixedSize } from "./wire-size.ts";

export type CompiledEncode = (value: unknown, out: ByteWriter) => void;

/** The encoder of a record, array or map type. */
export const compileEncode: (type: FieldType) => CompiledEncode = oncePerType(build);

function build(type: FieldType): CompiledEncode {
  const source = new Source();
  switch (type.kind) {
    case "record":
      return source.compile(`function encode(value, out) { ${writeRecord(type.record.fields, source)} }`);
    case "array":
      return buildArray(type.of, source);
    case "map":
      return buildMap(type.of, source);
    default:
      throw new Error(`${type.kind} values are encoded by the record, array or map they are in`);
  }
}

/** Source that writes `value` of fixed size at `at + offset` of `view`, without asking for room. */
function put(type: FieldType, value: string, offset: number): string {
  const at = offset === 0 ? "at" : `at + ${offset}`;
  switch (type.kind) {
    case "int": {
      const { accessor, bits } = INT_WIRES[type.wire];
      return `view.set${accessor}(${at}, ${value}${bits > 8 ? ", true" : ""});`;
    }
    case "float64":
      return `view.setFloat64(${at}, ${value}, true);`;
    case "boolean":
      return `view.setUint8(${at}, ${value} ? 1 : 0);`;
    case "record": {
      let inner = offset;
      const parts = type.record.fields.map((field) => {
        const part = put(field.type, member(value, field.name), inner);
        inner += fixedSize(field.type)!;
        return part;
      });
      return parts.join(" ");
    }
    default:
      throw new Error(`${type.kind} values have no fixed size`);
  }
}

/** Source that writes a value of any type to `out`. */
function write(type: FieldType, value: string, source: Source): string {
  return type.kind === "string" ? `out.string(${value});` : `${source.link(compileEncode(type))}(${value}, out);`;
}

/** Runs of fields of fixed size ask for room once. */
function writeRecord(fields: readonly { readonly name: string; readonly type: FieldType }[], source: Source): string {
  const statements: string[] = [];
  let run: string[] = [];
  let size = 0;
  const endRun = () => {
    if (run.length === 0) return;
    statements.push(
      `{ out.reserve(${size}); const view = out.data; const at = out.length; ${run.join(" ")} out.length = at + ${size}; }`,
    );
    run = [];
    size = 0;
  };
  for (const { name, type } of fields) {
    const fixed = fixedSize(type);
    if (fixed === undefined) {
      endRun();
      statements.push(write(type, member("value", name), source));
    } else {
      run.push(put(type, member("value", name), size));
      size += fixed;
    }
  }
  endRun();
  return statements.join("\n");
}

function buildArray(of: FieldType, source: Source): CompiledEncode {
  const size = fixedSize(of);
  if (size === undefined)
    return source.compile(`function encode(value, out) {
      out.uvarint(value.length);
      for (let i = 0; i < value.length; i++) ${write(of, "value[i]", source)}
    }`);
  return source.compile(`function encode(value, out) {
    const count = value.length;
    out.uvarint(count);
    out.reserve(count * ${size});
    const view = out.data;
    let at = out.length;
    for (let i = 0; i < count; i++) {
      const item = value[i];
      ${put(of, "item", 0)}
      at += ${size};
    }
    out.length = at;
  }`);
}

/** Entries go in the order of the map: rules may iterate over it, so its order is state. */
function buildMap(of: FieldType, source: Source): CompiledEncode {
  const size = fixedSize(of);
  if (size === undefined)
    return source.compile(`(() => {
      let out;
      const visit = (item, key) => { out.int32(key); ${write(of, "item", source)} };
      return function encode(value, target) {
        out = target;
        out.uvarint(value.size);
        value.forEach(visit);
      };
    })()`);
  return source.compile(`function encode(value, out) {
    out.uvarint(value.size);
    out.reserve(value.size * ${size + 4});
    const view = out.data;
    let at = out.length;
    const keys = value.keys();
    const items = value.values();
    for (;;) {
      const step = keys.next();
      if (step.done) break;
      view.setInt32(at, step.value, true);
      at += 4;
      const item = items.next().value;
      ${put(of, "item", 0)}
      at += ${size};
    }
    out.length = at;
  }`);
}
