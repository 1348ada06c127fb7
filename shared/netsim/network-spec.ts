/** A network as people write it: `4g`, `delay=80,jitter=20,loss=2%,rate=64kB`, `wifi-bad,down-rate=20kB`. */
import { beginningOf } from "../engine/bytes/text.ts";
import { bothWays, type Conditions, LIMITS, type Network } from "./conditions.ts";
import { PRESETS } from "./presets.ts";

export type NetworkSpec =
  | { readonly ok: true; readonly network: Network }
  /** A sentence that says what is wrong with it. */
  | { readonly ok: false; readonly sentence: string };

interface Term {
  readonly field: keyof Conditions;
  /** What one of each unit is in the field's own. */
  readonly units: Readonly<Record<string, number>>;
  /** What may be written, in words. */
  readonly range: string;
}

const milliseconds = (field: keyof Conditions): Term => ({
  field,
  units: { "": 1, ms: 1, s: 1000 },
  range: `milliseconds from ${LIMITS[field][0]} to ${LIMITS[field][1]}, such as 80 or 80ms`,
});

const TERMS: ReadonlyMap<string, Term> = new Map<string, Term>([
  ["delay", milliseconds("delayMs")],
  ["jitter", milliseconds("jitterMs")],
  ["loss", { field: "lossRate", units: { "": 1, "%": 0.01 }, range: "a share from 0 to 1, such as 2% or 0.02" }],
  ["stall", milliseconds("stallMs")],
  [
    "rate",
    {
      field: "bytesPerSecond",
      units: { B: 1, kB: 1000, MB: 1e6, kbit: 125, Mbit: 125_000 },
      range: `at least ${LIMITS.bytesPerSecond[0]}B a second, with its unit (B, kB, MB, kbit or Mbit), such as 64kB`,
    },
  ],
]);

const list = (names: Iterable<string>): string => [...names].join(", ");
const wrong = (sentence: string): NetworkSpec => ({ ok: false, sentence });
/** As it was written, but never longer than a line. */
const quoted = (text: string): string => JSON.stringify(beginningOf(text, 40));

/** The value in the field's own unit, or undefined when it is none or out of its range. */
function readValue(text: string, { field, units }: Term): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([a-zA-Z%]*)$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined || !Object.hasOwn(units, unit)) return undefined;
  // 17.5 * 0.01 is a little more than 0.175.
  const value = Number((Number(digits) * units[unit]!).toPrecision(12));
  const [least, most] = LIMITS[field];
  return Number.isFinite(value) && value >= least && value <= most ? value : undefined;
}

/**
 * Reads terms divided by commas: the name of a preset, or `name=value`. A preset comes first, and the terms after it
 * change it; without one, everything else is perfect. `up-` and `down-` before a name mean that direction alone.
 */
export function parseNetwork(spec: string): NetworkSpec {
  const [first, ...rest] = spec.split(",").map((term) => term.trim());
  const preset = PRESETS.get(first!);
  if (preset === undefined && !first!.includes("="))
    return wrong(`There is no network called ${quoted(first!)}; there are ${list(PRESETS.keys())}.`);
  let network = preset ?? bothWays();
  const said = new Set<string>();
  for (const term of preset === undefined ? [first!, ...rest] : rest) {
    const [, way, name, value] = /^(up-|down-)?([^=]*)=(.*)$/.exec(term) ?? [];
    if (name === undefined || value === undefined)
      return wrong(
        PRESETS.has(term) ? `The network ${term} must come first.` : `${quoted(term)} must be written as name=value.`,
      );
    const known = TERMS.get(name);
    if (known === undefined)
      return wrong(
        `A network has no ${quoted(name)}; it has ${list(TERMS.keys())}, each with up- or down- or neither.`,
      );
    const number = readValue(value, known);
    if (number === undefined) return wrong(`${name} cannot be ${quoted(value)}: it must be ${known.range}.`);
    const directions = way === undefined ? (["up", "down"] as const) : ([way === "up-" ? "up" : "down"] as const);
    for (const direction of directions) {
      const field = `${direction}-${name}`;
      if (said.has(field)) return wrong(`${name} is said twice.`);
      said.add(field);
      network = { ...network, [direction]: { ...network[direction], [known.field]: number } };
    }
  }
  return { ok: true, network };
}
