/** The parser of an untrusted input: exactly the declared fields, or one short sentence why not (R13). */
import type { RecordLayout } from "./layout.ts";
import { describe, misfit } from "./misfit.ts";

export type ParsedInput<I> = { readonly ok: true; readonly value: I } | { readonly ok: false; readonly error: string };

/** Errors travel in close reasons, which hold 123 bytes; `ws` throws when one is longer. */
const LONGEST_ERROR = 100;

/** Printable ASCII only, so that characters are bytes. */
function refuse(reason: string): { readonly ok: false; readonly error: string } {
  const error = reason.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return { ok: false, error: error.length > LONGEST_ERROR ? `${error.slice(0, LONGEST_ERROR - 3)}...` : error };
}

/** Never throws and runs no getter. Proxies can run code, but no message can carry one. */
export function parseInput(layout: RecordLayout, untrusted: unknown): ParsedInput<Record<string, unknown>> {
  try {
    return parse(layout, untrusted);
  } catch {
    return refuse("the input cannot be read");
  }
}

function parse(layout: RecordLayout, untrusted: unknown): ParsedInput<Record<string, unknown>> {
  if (typeof untrusted !== "object" || untrusted === null)
    return refuse(`${describe(untrusted)} is not an input object`);
  const prototype = Object.getPrototypeOf(untrusted);
  // the root prototype of any realm, or none; class instances, arrays and maps are further down a chain
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return refuse("the input is not a plain object");
  const value: Record<string, unknown> = {};
  for (const { name, type } of layout.fields) {
    const property = Object.getOwnPropertyDescriptor(untrusted, name);
    if (property === undefined) return refuse(`${name}: is missing`);
    if (!("value" in property)) return refuse(`${name}: is a getter`);
    const reason = misfit(type, property.value);
    if (reason !== undefined) return refuse(`${name}: ${reason}`);
    value[name] = type.kind === "int" && property.value === 0 ? 0 : property.value;
  }
  const keys = Reflect.ownKeys(untrusted);
  if (keys.length === layout.fields.length) return { ok: true, value };
  const extra = keys.find((key) => !layout.fields.some((field) => field.name === key));
  return refuse(`${typeof extra === "string" ? describe(extra) : "a symbol"}: is not a field of this input`);
}
