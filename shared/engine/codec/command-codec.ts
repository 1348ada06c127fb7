/** The codec of one command class: everything the engine does with what a player gives once. */
import type { BitReader, BitWriter } from "../bytes/bits.ts";
import { type FieldType, LayoutError, type RecordLayout } from "../layout/layout.ts";
import type { Plain, SchemaClass } from "../layout/plain.ts";
import { checkValue } from "./check-value.ts";
import { readValue, writeValue } from "./command-bits.ts";
import { oncePerClass } from "./once.ts";
import { type Parsed, parseRecord } from "./parse-record.ts";
import { ValueError } from "./value-error.ts";

export interface CommandCodec<C> {
  readonly fields: RecordLayout["fields"];
  /**
   * Checks what the local player or a bot gave and turns -0 of whole-number fields into 0.
   *
   * @throws ValueError with the path.
   */
  settle(value: C): void;
  /** One value, one string of bits. The value must be settled. */
  write(value: C, out: BitWriter): void;
  /** Reverse of `write`; undefined, and `input.failed`, when it is malformed (R13). */
  read(input: BitReader): C | undefined;
  /** A command from JSON or msgpack of any client. Never throws; the error names the field, in at most 100 characters. */
  parse(untrusted: unknown): Parsed<C>;
}

/**
 * The codec of a command's fields.
 *
 * @param type left out: nothing comes with it.
 * @param path how messages call the command, such as `skirmish.commands.move`.
 * @throws LayoutError when a text or an array has no greatest length, or there is a map.
 */
export function commandCodecOf<C>(type: SchemaClass<C> | undefined, path: string): CommandCodec<Plain<C>> {
  return (type === undefined ? withoutFields(path) : build(type, path)) as CommandCodec<Plain<C>>;
}

function refuse(type: FieldType, path: string): void {
  switch (type.kind) {
    case "map":
      throw new LayoutError(path, "a command has no maps; write t.array() of a schema, and atMost() around it");
    case "string":
      if (type.most === undefined)
        throw new LayoutError(path, "has no greatest length; write atMost(40, t.string()), or as long as it may be");
      return;
    case "array":
      if (type.most === undefined)
        throw new LayoutError(
          path,
          "has no greatest length; write atMost(300, t.array(...)), or as many as there may be",
        );
      refuseText(type.of, `${path}[]`);
      break;
    case "record":
      for (const field of type.record.fields) refuse(field.type, `${path}.${field.name}`);
  }
}

function refuseText(of: FieldType, path: string): void {
  if (of.kind === "string")
    throw new LayoutError(
      path,
      "a text in an array has no greatest length; put it into a schema, and atMost() around it",
    );
  refuse(of, path);
}

const codecOfLayout = (layout: RecordLayout, path: string): CommandCodec<unknown> => {
  const type: FieldType = { kind: "record", record: layout };
  refuse(type, path);
  return {
    fields: layout.fields,
    settle: (value) => checkValue(type, value, path, false),
    write: (value, out) => writeValue(type, value, out),
    read(input) {
      const value = readValue(type, input);
      return input.failed ? undefined : value;
    },
    parse: (untrusted) => parseRecord(layout, untrusted, "command"),
  };
};

const build = oncePerClass(codecOfLayout);

const NO_FIELDS: RecordLayout = { name: "nothing", schema: Object as never, fields: [] };

function withoutFields(path: string): CommandCodec<unknown> {
  const codec = codecOfLayout(NO_FIELDS, path);
  return {
    ...codec,
    settle(value) {
      if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return;
      throw new ValueError(path, "nothing comes with it; give it by its name alone, or declare its fields");
    },
  };
}
