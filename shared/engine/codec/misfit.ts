/**
 * The reason, in words, why a value does not fit a type: for state, for inputs of our own and for inputs of strangers.
 */
import { INT_WIRES } from "../bytes/int-wire.ts";
import { beginningOf, halfAt } from "../bytes/text.ts";
import type { FieldType } from "../layout/layout.ts";

const LONGEST_TEXT = 20;
const INSTEAD_OF_HALVES = "slice, length and [i] count its two halves, so cut [...text], which keeps them together";
const NOT_A_NUMBER = "NaN is not a value; look for 0 / 0 or a property that is not there";

/** A short text for any value. Runs no code of the value (no toString, no getters), so it is safe for hostile ones. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > LONGEST_TEXT ? `${beginningOf(value, LONGEST_TEXT)}...` : value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
    case "undefined":
      return String(value);
    case "bigint":
      return "a BigInt";
    case "symbol":
      return "a symbol";
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : "an object";
  }
}

/** Why a value does not fit a number, boolean or string type; undefined when it fits. -0 fits every number type. */
export function misfit(type: FieldType, value: unknown): string | undefined {
  if (value === undefined) return "is missing";
  switch (type.kind) {
    case "int": {
      const { min, max } = INT_WIRES[type.wire];
      if (typeof value !== "number") return `${describe(value)} is not a number`;
      if (Number.isNaN(value)) return NOT_A_NUMBER;
      if (!Number.isInteger(value)) return `${value} is not a whole number; round it or declare t.float64()`;
      if (value < min || value > max)
        return `${value} does not fit t.${type.wire}() (${min} to ${max}); keep it in range or declare a wider type`;
      return undefined;
    }
    case "float64":
      if (typeof value !== "number") return `${describe(value)} is not a number`;
      return Number.isNaN(value) ? NOT_A_NUMBER : undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : `${describe(value)} is not true or false`;
    case "string": {
      if (typeof value !== "string") return `${describe(value)} is not a string`;
      if (type.most !== undefined && value.length > type.most)
        return `is ${value.length} characters long, and may have ${type.most}`;
      const at = halfAt(value);
      return at < 0 ? undefined : `${describe(value)} has half an emoji at ${at}; ${INSTEAD_OF_HALVES}`;
    }
    default:
      throw new Error(`${type.kind} values are looked at part by part`);
  }
}
