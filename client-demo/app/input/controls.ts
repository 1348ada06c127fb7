/**
 * The controls: which key, pointer or stick fills which field of a game's input, worked out from names and types so
 * that any game is playable.
 */

import { INT_WIRES } from "../../../shared/engine/bytes/int-wire.ts";
import type { FieldType, RecordLayout } from "../../../shared/engine/layout/layout.ts";

export type Along = "x" | "y";
export type Side = "left" | "right" | "up" | "down";

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

export type Control =
  /** -1 .. 1 from arrows, WASD or the stick; `sign` -1 where up counts positive. */
  | {
      readonly kind: "axis";
      readonly field: string;
      readonly along: Along;
      readonly sign: 1 | -1;
      readonly isWhole: boolean;
    }
  /** One of four keys. */
  | { readonly kind: "side"; readonly field: string; readonly side: Side; readonly isBoolean: boolean }
  /** 0 for none, 1 up, 2 right, 3 down, 4 left. */
  | { readonly kind: "direction"; readonly field: string }
  /** Where the pointer is from the local figure: parts of a turn, or radians without `steps`. */
  | { readonly kind: "aim"; readonly field: string; readonly steps: number | undefined; readonly isSigned: boolean }
  /** Where the pointer is, in the game's own coordinates. */
  | { readonly kind: "point"; readonly field: string; readonly along: Along; readonly range: Range }
  /** Held or not: the slot chooses the key. */
  | { readonly kind: "button"; readonly field: string; readonly slot: number }
  /** The digit that is held, else 0. */
  | { readonly kind: "digit"; readonly field: string; readonly most: number };

const POINT = /^(target|pointer|mouse|cursor|aim|goal)_?([xy])$/i;
const AXIS = /^(d|v|move|stick|dir|input|axis)?_?([xy])$/i;
const AXIS_X = /^(horizontal|turn|steer|strafe|walk|run)$/i;
const AXIS_Y = /^vertical$/i;
/** Forward is up, and up is positive. */
const AXIS_FORWARD = /^(thrust|throttle|forward|gas)$/i;
const AIM = /aim|angle|heading|facing|rotation/i;
const SIDE = /^(?:is|go|move|press|key)?_?(left|right|up|down)$/i;
const DIRECTION = /^(dir|direction)$/i;
const MOST_DIGIT = 9;

/** One control for each field, in declaration order. */
export function controlsOf(fields: RecordLayout["fields"]): Control[] {
  let slot = 0;
  return fields.map(({ name, type }) => {
    const control = byName(name, type);
    if (control !== undefined) return control;
    if (type.kind === "boolean") return { kind: "button", field: name, slot: slot++ };
    return { kind: "digit", field: name, most: Math.min(MOST_DIGIT, rangeOf(type).max) };
  });
}

function byName(field: string, type: FieldType): Control | undefined {
  const side = SIDE.exec(field)?.[1]?.toLowerCase() as Side | undefined;
  if (side !== undefined) return { kind: "side", field, side, isBoolean: type.kind === "boolean" };
  if (type.kind === "boolean") return undefined;
  const range = rangeOf(type);
  const point = POINT.exec(field)?.[2]?.toLowerCase() as Along | undefined;
  if (point !== undefined) return { kind: "point", field, along: point, range };
  const axis = AXIS.exec(field)?.[2]?.toLowerCase() as Along | undefined;
  // A place has no direction: x and y that cannot be negative are where the pointer is.
  if (axis !== undefined && range.min === 0) return { kind: "point", field, along: axis, range };
  const { isWhole } = range;
  if (axis !== undefined) return { kind: "axis", field, along: axis, sign: 1, isWhole };
  if (AXIS_X.test(field)) return { kind: "axis", field, along: "x", sign: 1, isWhole };
  if (AXIS_Y.test(field)) return { kind: "axis", field, along: "y", sign: 1, isWhole };
  if (AXIS_FORWARD.test(field)) return { kind: "axis", field, along: "y", sign: -1, isWhole };
  if (AIM.test(field)) return aimControl(field, type);
  return DIRECTION.test(field) && isWhole ? { kind: "direction", field } : undefined;
}

function aimControl(field: string, type: FieldType): Control {
  if (type.kind !== "int") return { kind: "aim", field, steps: undefined, isSigned: true };
  const { bits, min } = INT_WIRES[type.wire];
  return { kind: "aim", field, steps: 2 ** bits, isSigned: min < 0 };
}

function rangeOf(type: FieldType): Range {
  if (type.kind !== "int") return { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, isWhole: false };
  const { min, max } = INT_WIRES[type.wire];
  return { min, max, isWhole: true };
}
