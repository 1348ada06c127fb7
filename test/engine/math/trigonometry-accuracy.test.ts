/** Error bounds of the circle functions, against 200-bit arithmetic. */
import { it } from "vitest";
import { atan, atan2 } from "../../../shared/engine/math/arctangent.ts";
import { acos, asin } from "../../../shared/engine/math/inverse-trigonometry.ts";
import { cos, sin, tan } from "../../../shared/engine/math/trigonometry.ts";
import { expectWithin, inTurn } from "./accuracy.ts";
import { seededInputs } from "./inputs.ts";
import { trueAcos, trueAsin, trueAtan2, trueSinCos, trueTan } from "./reference.ts";

const COUNT = 24_000;
const PI_2 = Math.PI / 2;

/** One turn, several, the whole Cody-Waite range, neighbours of multiples of pi/2, and beyond. */
function angles(seed: number): (index: number) => [number] {
  const inputs = seededInputs(seed);
  return inTurn(
    () => [inputs.between(-Math.PI, Math.PI)],
    () => [inputs.ofExponent(-30, 3)],
    () => [inputs.between(-1647099, 1647099)],
    () => [inputs.near(inputs.whole(1, 2 ** 20) * PI_2, 2)],
    () => [inputs.ofExponent(20, 70)],
    () => [inputs.anyDouble()],
  );
}

/** The nearest that a double comes to a multiple of pi/2 (Kahan and McDonald), and both sides of each change of method. */
const CORNER_ANGLES = [
  6381956970095103 * 2 ** 797,
  1647099.3,
  1647099.3000000003,
  0.7853981633974483,
  0.7853981633974484,
  Number.MAX_VALUE,
];

it.each([
  ["sin", sin, (x: number) => trueSinCos(x).sin],
  ["cos", cos, (x: number) => trueSinCos(x).cos],
  ["tan", tan, trueTan],
] as const)("%s is within 1 ulp for every size of angle", (name, ours, truth) => {
  expectWithin({ name, ours, truth, ulps: 1, count: COUNT, input: angles(1) });
  const count = CORNER_ANGLES.length;
  expectWithin({ name, ours, truth, ulps: 1, count, input: (index): [number] => [CORNER_ANGLES[index] as number] });
});

/** Fractions of one, small ones, and neighbours of one and of the changes of method. */
function sines(seed: number): (index: number) => [number] {
  const inputs = seededInputs(seed);
  return inTurn(
    () => [inputs.between(-1, 1)],
    () => [inputs.ofExponent(-30, -1)],
    () => [1 - Math.abs(inputs.ofExponent(-52, -2))],
    () => [inputs.between(0.49, 0.51)],
    () => [inputs.between(-0.98, -0.97)],
    () => [inputs.ofExponent(-1023, -1)],
  );
}

it.each([
  ["asin", asin, trueAsin],
  ["acos", acos, trueAcos],
] as const)("%s is within 1 ulp on all of -1 .. 1", (name, ours, truth) => {
  expectWithin({ name, ours, truth, ulps: 1, count: COUNT, input: sines(2) });
});

it("atan is within 1 ulp for every slope", () => {
  const inputs = seededInputs(3);
  const input = inTurn<[number]>(
    () => [inputs.between(-3, 3)],
    () => [inputs.ofExponent(-10, 10)],
    () => [inputs.ofExponent(-30, 70)],
    () => [inputs.anyDouble()],
  );
  expectWithin({ name: "atan", ours: atan, truth: (x) => trueAtan2(x, 1), ulps: 1, count: COUNT, input });
});

it("atan2 is within 2 ulp for every vector", () => {
  const inputs = seededInputs(4);
  const input = inTurn<[number, number]>(
    () => [inputs.between(-100, 100), inputs.between(-100, 100)],
    () => [inputs.ofExponent(-8, 8), inputs.ofExponent(-8, 8)],
    () => [inputs.whole(-50, 50) + 0.5, inputs.whole(-50, 50)],
    () => [inputs.ofExponent(-40, 40), inputs.ofExponent(-40, 40)],
    () => [inputs.ofExponent(-1023, -960), inputs.ofExponent(-1023, -960)],
    () => [inputs.anyDouble(), inputs.anyDouble()],
  );
  expectWithin({ name: "atan2", ours: atan2, truth: trueAtan2, ulps: 2, count: COUNT, input });
});
