/** The codec of one schema class: everything the engine does with plain data of that class. */
import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import type { FieldType, RecordLayout } from "../layout/layout.ts";
import type { Plain, SchemaClass } from "../layout/plain.ts";
import { checkValue } from "./check-value.ts";
import { compileCopy } from "./compile-copy.ts";
import { compileDecode } from "./compile-decode.ts";
import { compileEncode } from "./compile-encode.ts";
import { compileFits } from "./compile-fits.ts";
import { type Difference, diffValues } from "./diff.ts";
import { neutral } from "./neutral.ts";
import { oncePerClass } from "./per-class.ts";

export type { Difference } from "./diff.ts";
export { ValueError } from "./value-error.ts";

/** Values are trees: no object may be in two places of one value. `settle` a value before anything else is done to it. */
export interface Codec<T> {
  readonly layout: RecordLayout;
  /** A neutral value: 0, false, "", empty arrays and maps, records of these. */
  create(): T;
  /**
   * Makes `into` equal to `from`, the order of maps included, and leaves nothing of `from` inside `into`. Keeps the
   * objects `into` is made of; when both have the same shape nothing is allocated. Both must be settled: a world whose
   * rules threw in the middle of a step is no target, take a new one.
   */
  copy(from: T, into: T): void;
  /**
   * Checks that every part fits its declared type and that there are no others, and turns -0 of whole-number fields
   * into 0, because the wire cannot carry it. Cheap: meant to run after every step. What it does not see,
   * `settleStrict` does.
   *
   * @throws ValueError with the path, such as `arena.players[3].x: 1.5 is not a whole number; ...`.
   */
  settle(value: T): void;
  /**
   * `settle`, and also refuses one object in two places, class instances, getters, properties under symbols or hidden
   * from loops, and properties on arrays and maps. More than 100 times slower (2 ms for 1,000 records):
   * for the sync test, and now and then.
   *
   * @throws ValueError with the path.
   */
  settleStrict(value: T): void;
  /** One value, one byte string. The value must be settled. */
  encode(value: T, out: ByteWriter): void;
  /**
   * Reads one value; bytes may follow it. Undefined, and `input.failed`, when it is malformed or not what `encode`
   * would have written (R13).
   */
  decode(input: ByteReader): T | undefined;
  /** The first differing leaves, at most `limit` (20 when left out); empty exactly when both encode to the same bytes. */
  diff(a: T, b: T, limit?: number): Difference[];
}

const MOST_DIFFERENCES = 20;

/**
 * The codec of a schema class, compiled once.
 *
 * @param path how messages call the value, such as the game's name; the name of the schema when left out.
 * @throws LayoutError when the schema declares what plain data cannot keep.
 */
export function codecOf<T>(type: SchemaClass<T>, path?: string): Codec<Plain<T>> {
  return build(type, path) as Codec<Plain<T>>;
}

const build = oncePerClass((layout, path): Codec<unknown> => {
  const type: FieldType = { kind: "record", record: layout };
  const { copy } = compileCopy(type);
  const fits = compileFits(type);
  const decode = compileDecode(type);
  return {
    layout,
    create: () => neutral(type),
    copy,
    settle(value) {
      if (!fits(value)) checkValue(type, value, path, false);
    },
    settleStrict: (value) => checkValue(type, value, path, true),
    encode: compileEncode(type),
    decode(input) {
      const value = decode(input);
      return input.failed ? undefined : value;
    },
    diff: (a, b, limit = MOST_DIFFERENCES) => diffValues(layout, a, b, limit),
  };
});
