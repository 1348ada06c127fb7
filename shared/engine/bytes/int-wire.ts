/** The six whole-number widths of the wire: their bits, their ranges, and how generated code tests for them. */

/** `accessor` is the end of the name of the `DataView` methods. */
export const INT_WIRES = {
  int8: { accessor: "Int8", bits: 8, min: -0x80, max: 0x7f },
  uint8: { accessor: "Uint8", bits: 8, min: 0, max: 0xff },
  int16: { accessor: "Int16", bits: 16, min: -0x8000, max: 0x7fff },
  uint16: { accessor: "Uint16", bits: 16, min: 0, max: 0xffff },
  int32: { accessor: "Int32", bits: 32, min: -0x80000000, max: 0x7fffffff },
  uint32: { accessor: "Uint32", bits: 32, min: 0, max: 0xffffffff },
} as const;

export type IntWire = keyof typeof INT_WIRES;

/** Source of an expression that narrows the number `value` to the width: it equals `value` only when that fits. */
export function narrowed(wire: IntWire, value: string): string {
  switch (wire) {
    case "int8":
      return `(${value} << 24 >> 24)`;
    case "int16":
      return `(${value} << 16 >> 16)`;
    case "int32":
      return `(${value} | 0)`;
    case "uint8":
      return `(${value} & 0xff)`;
    case "uint16":
      return `(${value} & 0xffff)`;
    case "uint32":
      return `(${value} >>> 0)`;
  }
}
