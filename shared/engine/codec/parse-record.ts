/** The parser of an untrusted input or command: exactly the declared fields, or one short sentence why not (R13). */
import type { FieldType, RecordLayout } from "../layout/layout.ts";
import { describe, misfit } from "./misfit.ts";

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

/** What is parsed, for messages. */
type Noun = "input" | "command";

const OBJECT: Readonly<Record<Noun, string>> = { input: "an input object", command: "a command object" };

/** Errors travel in close reasons, which hold 123 bytes; `ws` throws when one is longer. */
const LONGEST_ERROR = 100;

/** Never leaves this file. */
class Refusal extends Error {}

/** Printable ASCII only, so that characters are bytes. */
function refuse(reason: string): { readonly ok: false; readonly error: string } {
  const error = reason.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return { ok: false, error: error.length > LONGEST_ERROR ? `${error.slice(0, LONGEST_ERROR - 3)}...` : error };
}

/** Never throws and runs no getter. Proxies can run code, but no message can carry one. */
export function parseRecord(layout: RecordLayout, untrusted: unknown, noun: Noun): Parsed<Record<string, unknown>> {
  try {
    return { ok: true, value: record(layout, untrusted, noun, "") };
  } catch (error) {
    return refuse(error instanceof Refusal ? error.message : `the ${noun} cannot be read`);
  }
}

/** @param path of the record in it, with a dot behind; empty for the whole. */
function record(layout: RecordLayout, untrusted: unknown, noun: Noun, path: string): Record<string, unknown> {
  const whole = path === "" ? `the ${noun}` : path.slice(0, -1);
  if (typeof untrusted !== "object" || untrusted === null)
    throw new Refusal(
      path === ""
        ? `${describe(untrusted)} is not ${OBJECT[noun]}`
        : `${whole}: ${describe(untrusted)} is not an object`,
    );
  const prototype = Object.getPrototypeOf(untrusted);
  // the root prototype of any realm, or none; class instances, arrays and maps are further down a chain
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new Refusal(`${whole} is not a plain object`);
  const value: Record<string, unknown> = {};
  for (const { name, type } of layout.fields) {
    const property = Object.getOwnPropertyDescriptor(untrusted, name);
    if (property === undefined) throw new Refusal(`${path}${name}: is missing`);
    if (!("value" in property)) throw new Refusal(`${path}${name}: is a getter`);
    value[name] = part(type, property.value, noun, `${path}${name}`);
  }
  const keys = Reflect.ownKeys(untrusted);
  if (keys.length === layout.fields.length) return value;
  const extra = keys.find((key) => !layout.fields.some((field) => field.name === key));
  throw new Refusal(
    `${path}${typeof extra === "string" ? describe(extra) : "a symbol"}: is not a field of this ${noun}`,
  );
}

function part(type: FieldType, untrusted: unknown, noun: Noun, path: string): unknown {
  if (type.kind === "record") return record(type.record, untrusted, noun, `${path}.`);
  if (type.kind === "array") return items(type, untrusted, noun, path);
  const reason = misfit(type, untrusted);
  if (reason !== undefined) throw new Refusal(`${path}: ${reason}`);
  return type.kind === "int" && untrusted === 0 ? 0 : untrusted;
}

function items(type: FieldType & { kind: "array" }, untrusted: unknown, noun: Noun, path: string): unknown[] {
  if (!Array.isArray(untrusted)) throw new Refusal(`${path}: ${describe(untrusted)} is not an array`);
  if (type.most !== undefined && untrusted.length > type.most)
    throw new Refusal(`${path}: has ${untrusted.length} items, and may have ${type.most}`);
  return Array.from({ length: untrusted.length }, (_, i) => {
    const property = Object.getOwnPropertyDescriptor(untrusted, i);
    if (property === undefined || !("value" in property)) throw new Refusal(`${path}[${i}]: is missing`);
    return part(type.of, property.value, noun, `${path}[${i}]`);
  });
}
