/** The codec of one command class: everything the engine does with what a player gives once. */
import type { BitReader, BitWriter } from "../bytes/bits.ts";
import { type FieldType, LayoutError, type RecordLayout } from "../layout/layout.ts";
import type { Plain, SchemaClass } from "../layout/plain.ts";
import { checkValue } from "./check-value.ts";
import { readValue, writeValue } from "./command-bits.ts";
import { bytesOf, LONGEST_COMMAND, leastBytes, mostBytes } from "./command-size.ts";
import { type Parsed, parseRecord } from "./parse-record.ts";
import { oncePerClass } from "./per-class.ts";
import { ValueError } from "./value-error.ts";

export interface CommandCodec<C> {
  readonly fields: RecordLayout["fields"];
  /**
   * Checks what the local player or a bot gave and turns -0 of whole-number fields into 0.
   *
   * @throws ValueError with the path: also of what fits, and is longer than 2 KB.
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
 * @throws LayoutError when a text or an array has no greatest length, there is a map, or not even the shortest one has 2 KB.
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
  const least = leastBytes(type);
  if (least > LONGEST_COMMAND)
    throw new LayoutError(
      path,
      `even with empty texts and arrays it is ${least} bytes long, and a command may have ${LONGEST_COMMAND}; declare fewer or narrower fields`,
    );
  const mayBeLong = mostBytes(type) > LONGEST_COMMAND;
  /** What is wrong with the length of one whose fields fit. */
  const tooLong = (value: unknown): string | undefined => {
    const bytes = mayBeLong ? bytesOf(type, value) : 0;
    return bytes > LONGEST_COMMAND ? `is ${bytes} bytes long, and may have ${LONGEST_COMMAND}` : undefined;
  };
  return {
    fields: layout.fields,
    settle(value) {
      checkValue(type, value, path, false);
      const reason = tooLong(value);
      if (reason !== undefined) throw new ValueError(path, `${reason}; give less at once`);
    },
    write: (value, out) => writeValue(type, value, out),
    read(input) {
      const value = readValue(type, input);
      return input.failed ? undefined : value;
    },
    parse(untrusted) {
      const parsed = parseRecord(layout, untrusted, "command");
      const reason = parsed.ok ? tooLong(parsed.value) : undefined;
      return reason === undefined ? parsed : { ok: false, error: `the command ${reason}` };
    },
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
