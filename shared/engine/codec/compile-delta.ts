/**
 * The compiler of what inputs need besides copy and check: comparison, and the difference to the input before in bits.
 */
import type { BitReader, BitWriter } from "../bytes/bits.ts";
import { INT_WIRES } from "../bytes/int-wire.ts";
import type { FieldType, RecordLayout } from "../layout/layout.ts";
import { member, Source } from "./compile.ts";

export interface CompiledDelta {
  equals(a: unknown, b: unknown): boolean;
  writeDelta(previous: unknown, next: unknown, out: BitWriter): void;
  readDelta(previous: unknown, into: unknown, input: BitReader): void;
}

export function compileDelta(layout: RecordLayout): CompiledDelta {
  const writes: string[] = [];
  const reads: string[] = [];
  const claims: string[] = [];
  for (const { name, type } of layout.fields) {
    const isSame = sameness(type);
    const [a, b] = [member("a", name), member("b", name)];
    const [previous, next, into] = ["previous", "next", "into"].map((object) => member(object, name)) as [
      string,
      string,
      string,
    ];
    claims.push(isSame(a, b));
    writes.push(`if (${isSame(previous, next)}) out.bits(0, 1); else { out.bits(1, 1); ${write(type, next)} }`);
    // a value told as changed must have changed, so that one input has one encoding
    reads.push(`if (input.bits(1) === 0) ${into} = ${previous};
      else {
        const value = ${read(type)};
        if (value !== value || ${isSame("value", previous)}) input.fail();
        else ${into} = value;
      }`);
  }
  return new Source().compile(`{
    equals(a, b) { return ${claims.join(" && ") || "true"}; },
    writeDelta(previous, next, out) { ${writes.join("\n")} },
    readDelta(previous, into, input) { ${reads.join("\n")} },
  }`);
}

/** 0 and -0 are two values of a float64 and one of everything else. */
function sameness(type: FieldType): (a: string, b: string) => string {
  return type.kind === "float64" ? (a, b) => `Object.is(${a}, ${b})` : (a, b) => `${a} === ${b}`;
}

function write(type: FieldType, value: string): string {
  if (type.kind === "int") return `out.bits(${value}, ${INT_WIRES[type.wire].bits});`;
  return type.kind === "float64" ? `out.float64(${value});` : `out.bits(${value} ? 1 : 0, 1);`;
}

function read(type: FieldType): string {
  if (type.kind === "float64") return "input.float64()";
  if (type.kind !== "int") return "input.bits(1) === 1";
  const { bits, min } = INT_WIRES[type.wire];
  return min < 0 ? `input.bits(${bits}) << ${32 - bits} >> ${32 - bits}` : `input.bits(${bits})`;
}
