/** Seeded inputs of every function and a golden hash of 100,000 results; no test framework, so that any engine can run it. */
import { hashBytes } from "../../../shared/engine/bytes/hash.ts";
import { atan, atan2 } from "../../../shared/engine/math/arctangent.ts";
import { exp } from "../../../shared/engine/math/exponential.ts";
import { hypot } from "../../../shared/engine/math/hypotenuse.ts";
import { acos, asin } from "../../../shared/engine/math/inverse-trigonometry.ts";
import { log } from "../../../shared/engine/math/logarithm.ts";
import { pow } from "../../../shared/engine/math/power.ts";
import { cos, sin, tan } from "../../../shared/engine/math/trigonometry.ts";
import { type Inputs, seededInputs } from "./inputs.ts";

const COUNT = 100_000;
const SEED = 20261101;

export interface Golden {
  readonly name: string;
  readonly hash: number;
  readonly of: (...input: number[]) => number;
  /** Input number `index`; the makers of inputs take turns. */
  readonly input: (inputs: Inputs, index: number) => number[];
}

/** A third raw bits, a third around one, a third of the sizes that games use. */
function mixed(inputs: Inputs, index: number): number {
  if (index % 3 === 0) return inputs.anyDouble();
  return index % 3 === 1 ? inputs.ofExponent(-8, 8) : inputs.between(-1000, 1000);
}

const unit = (inputs: Inputs, index: number): number =>
  index % 3 === 0 ? inputs.ofExponent(-60, -1) : inputs.between(-1, 1);

const angle = (inputs: Inputs, index: number): number =>
  index % 4 === 0 ? inputs.between(-2000000, 2000000) : mixed(inputs, index);

const pair = (inputs: Inputs, index: number): number[] => [mixed(inputs, index), mixed(inputs, index)];

export const GOLDEN: readonly Golden[] = [
  { name: "sin", hash: 0xcd814167, of: sin, input: (inputs, index) => [angle(inputs, index)] },
  { name: "cos", hash: 0xc9fe3a5c, of: cos, input: (inputs, index) => [angle(inputs, index)] },
  { name: "tan", hash: 0x998006ea, of: tan, input: (inputs, index) => [angle(inputs, index)] },
  { name: "asin", hash: 0xe3315830, of: asin, input: (inputs, index) => [unit(inputs, index)] },
  { name: "acos", hash: 0xf10753a1, of: acos, input: (inputs, index) => [unit(inputs, index)] },
  { name: "atan", hash: 0xe18225e7, of: atan, input: (inputs, index) => [mixed(inputs, index)] },
  { name: "atan2", hash: 0x9b2feccc, of: atan2, input: pair },
  { name: "exp", hash: 0xca32583a, of: exp, input: (inputs, index) => [mixed(inputs, index)] },
  { name: "log", hash: 0x95eda173, of: log, input: (inputs, index) => [Math.abs(mixed(inputs, index))] },
  {
    name: "pow",
    hash: 0x427566a7,
    of: pow,
    input: (inputs, index) => [Math.abs(mixed(inputs, index)), inputs.ofExponent(-8, 6)],
  },
  { name: "hypot", hash: 0xdea2ce36, of: hypot, input: pair },
  {
    name: "hypot of three",
    hash: 0x4851c9aa,
    of: hypot,
    input: (inputs, index) => [...pair(inputs, index), mixed(inputs, index)],
  },
];

/** xxHash32 over the results on inputs 0 .. count - 1 of this seed, as little-endian float64. */
export const hashOfResults = ({ of, input }: Golden, count = COUNT, seed = SEED): number =>
  hashOf((inputs, index) => of(...input(inputs, index)), count, seed);

/** The same over whatever is drawn from the inputs. */
export function hashOf(result: (inputs: Inputs, index: number) => number, count = COUNT, seed = SEED): number {
  const inputs = seededInputs(seed);
  const view = new DataView(new ArrayBuffer(count * 8));
  for (let index = 0; index < count; index++) {
    const value = result(inputs, index);
    // A NaN's payload differs by engine: write one of our own.
    if (Number.isNaN(value)) view.setUint32(index * 8 + 4, 0x7ff80000, true);
    else view.setFloat64(index * 8, value, true);
  }
  return hashBytes(new Uint8Array(view.buffer));
}
