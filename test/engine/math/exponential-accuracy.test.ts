/** Error bounds of exp, log, pow and hypot, against 200-bit arithmetic. */
import { it } from "vitest";
import { exp } from "../../../shared/engine/math/exponential.ts";
import { hypot } from "../../../shared/engine/math/hypotenuse.ts";
import { log } from "../../../shared/engine/math/logarithm.ts";
import { pow } from "../../../shared/engine/math/power.ts";
import { expectWithin, inTurn } from "./accuracy.ts";
import { seededInputs } from "./inputs.ts";
import { trueExp, trueHypot, trueLog, truePow } from "./reference.ts";

const COUNT = 24_000;

it("exp is within 1 ulp from the smallest result to the greatest", () => {
  const inputs = seededInputs(5);
  const input = inTurn<[number]>(
    () => [inputs.between(-745.2, 709.79)],
    () => [inputs.between(-2, 2)],
    () => [inputs.ofExponent(-40, 3)],
    () => [inputs.between(-745.2, -708)],
  );
  expectWithin({ name: "exp", ours: exp, truth: trueExp, ulps: 1, count: COUNT, input });
});

it("log is within 1 ulp for every positive number", () => {
  const inputs = seededInputs(6);
  const input = inTurn<[number]>(
    () => [inputs.between(0, 1000)],
    () => [inputs.between(0.5, 2)],
    () => [1 + inputs.ofExponent(-52, -4)],
    () => [Math.abs(inputs.anyDouble())],
    () => [Math.abs(inputs.ofExponent(-1023, -1020))],
  );
  expectWithin({ name: "log", ours: log, truth: trueLog, ulps: 1, count: COUNT, input });
});

it("pow is within 1 ulp, also next to one, next to overflow and among the subnormals", () => {
  const inputs = seededInputs(7);
  const toReach = (base: number, result: number): [number, number] => [base, result / Math.log2(base)];
  const input = inTurn<[number, number]>(
    () => [inputs.between(0, 10), inputs.between(-30, 30)],
    () => [inputs.between(0.5, 2), inputs.between(-3, 3)],
    () => [inputs.whole(2, 100), inputs.whole(-150, 150)],
    () => [Math.abs(inputs.anyDouble()), inputs.between(-1.5, 1.5)],
    () => toReach(1 + inputs.ofExponent(-52, -2), inputs.between(-1074, 1024)),
    () => toReach(inputs.between(1.5, 1000), inputs.between(1000, 1024.1)),
    () => toReach(inputs.between(1.5, 1000), inputs.between(-1075.5, -1000)),
  );
  expectWithin({ name: "pow", ours: pow, truth: truePow, ulps: 1, count: COUNT, input });
});

it("hypot is within 0.51 ulp in two and three dimensions, at both ends of the range too", () => {
  const inputs = seededInputs(8);
  const around = (middle: number): number => inputs.ofExponent(middle - 20, middle + 20);
  const vector = (make: () => number): [number, number, number] => [make(), make(), make()];
  const input = inTurn<[number, number, number]>(
    () => [inputs.between(-100, 100), inputs.between(-100, 100), 0],
    () => [inputs.whole(-1000, 1000), inputs.whole(-1000, 1000), inputs.whole(-1000, 1000)],
    () => vector(() => around(0)),
    () => vector(() => around(500)),
    () => vector(() => around(-450)),
    () => vector(() => inputs.ofExponent(1000, 1023)),
    () => vector(() => inputs.ofExponent(-1021, -1000)),
    () => vector(() => inputs.anyDouble()),
  );
  expectWithin({ name: "hypot", ours: hypot, truth: trueHypot, ulps: 0.51, count: COUNT, input });
});

it("hypot is within 1 ulp among the subnormals", () => {
  const inputs = seededInputs(9);
  const tiny = (): number => inputs.ofExponent(-1023, -1023) * inputs.between(0, 1);
  const input = (): [number, number, number] => [tiny(), tiny(), tiny()];
  expectWithin({ name: "hypot", ours: hypot, truth: trueHypot, ulps: 1, count: 4000, input });
});
