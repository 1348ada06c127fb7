/** The codec of one input class: everything the engine does with what one seat wants in one tick. */
import type { BitReader, BitWriter } from "../bytes/bits.ts";
import { type FieldType, LayoutError, type RecordLayout } from "../layout/layout.ts";
import type { Plain, SchemaClass } from "../layout/plain.ts";
import { checkValue } from "./check-value.ts";
import { compileCopy } from "./compile-copy.ts";
import { compileDelta } from "./compile-delta.ts";
import { compileFits } from "./compile-fits.ts";
import { neutral } from "./neutral.ts";
import { type Parsed, parseRecord } from "./parse-record.ts";
import { oncePerClass } from "./per-class.ts";
import { ValueError } from "./value-error.ts";

export interface InputCodec<I> {
  /** In declaration order: whole numbers, float64 and booleans only. */
  readonly fields: RecordLayout["fields"];
  /** The neutral input: all fields zero or false. */
  create(): I;
  copy(from: I, into: I): void;
  equals(a: I, b: I): boolean;
  /**
   * Checks what a bot or the local player returned and turns -0 of whole-number fields into 0.
   *
   * @throws ValueError with the path.
   */
  settle(value: I): void;
  /** For each field one bit, "it changed", and after a 1 the value at its own width (a boolean: 1 bit). */
  writeDelta(previous: I, next: I, out: BitWriter): void;
  /** Reverse of `writeDelta`; `into` may be `previous`. On `input.failed` the content of `into` means nothing (R13). */
  readDelta(previous: I, into: I, input: BitReader): void;
  /** An input from JSON or msgpack of any client. Never throws; the error names the field, in at most 100 characters. */
  parse(untrusted: unknown): Parsed<I>;
}

/**
 * The input codec of a flat schema class, compiled once.
 *
 * @param type left out: a game of commands alone has no input.
 * @param path how messages call the input, such as the game's name; the name of the schema when left out.
 * @throws LayoutError when a field is anything but a whole number, a float64 or a boolean.
 */
export function inputCodecOf<I>(type: SchemaClass<I> | undefined, path?: string): InputCodec<Plain<I>> {
  return (type === undefined ? NO_INPUT : build(type, path)) as InputCodec<Plain<I>>;
}

const REFUSED: Readonly<Partial<Record<FieldType["kind"], string>>> = {
  string: "an input cannot hold text; use t.uint8() and number the choices, or send chat as a message",
  record: "an input is flat; declare the fields of this record in the input itself",
  array: "an input is flat; declare one field for each element, or t.uint32() with one bit for each",
  map: "an input is flat; declare one field for each key",
};

const codecOfLayout = (layout: RecordLayout, path: string): InputCodec<unknown> => {
  for (const field of layout.fields) {
    const advice = REFUSED[field.type.kind];
    if (advice !== undefined) throw new LayoutError(`${path}.${field.name}`, advice);
  }
  const type: FieldType = { kind: "record", record: layout };
  const fits = compileFits(type);
  return {
    fields: layout.fields,
    create: () => neutral(type),
    copy: compileCopy(type).copy,
    settle(value) {
      if (!fits(value)) checkValue(type, value, path, false);
    },
    parse: (untrusted) => parseRecord(layout, untrusted, "input") as Parsed<unknown>,
    ...compileDelta(layout),
  };
};

const build = oncePerClass(codecOfLayout);
const NO_INPUT: InputCodec<unknown> = {
  ...codecOfLayout({ name: "no input", schema: Object as never, fields: [] }, "input"),
  settle(value) {
    if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return;
    throw new ValueError("input", "the game has none, so its bot returns nothing; it gives commands with context.give");
  },
};
